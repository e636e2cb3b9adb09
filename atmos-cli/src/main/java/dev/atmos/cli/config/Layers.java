package dev.atmos.cli.config;

import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings files into their order: those that the search found, and around each of them those that it
 * takes in. They are gone through from the highest rank to the lowest, so that a file which is
 * found several times counts at its highest rank: it is passed over where it is found again.
 */
final class Layers {
  static final String FRAGMENTS = "atmos.d";
  static final String HIDDEN_FRAGMENTS = ".atmos.d";
  static final String IMPORT = "import";

  /** How deep imports may lie in each other. */
  static final int DEEPEST = 10;

  private static final int UNFINISHED = -1;
  private static final String AGAIN = "merged further down, at a higher rank";

  /** Parses a file. */
  interface Parser {
    ConfigMap parse(ConfigFile file);
  }

  /** A file whose imports are being followed. */
  private record Frame(ConfigFile file, int depth, @Nullable Frame outer) {}

  private final ConfigReads reads;
  private final Imports imports;
  private final Parser parser;
  private final List<ConfigFile> order = new ArrayList<>();

  /** How deep the imports of a file lie in each other, once they have been followed. */
  private final Map<ConfigFile, Integer> heights = new HashMap<>();

  Layers(ConfigReads reads, Imports imports, Parser parser) {
    this.reads = reads;
    this.imports = imports;
    this.parser = parser;
  }

  /** The files that have been added, from the highest rank to the lowest. */
  List<ConfigFile> order() {
    return order;
  }

  /** Adds what the search has found. */
  void addPlaces(List<Place> places, @Nullable Path repository, @Nullable Trail trail) {
    Path pending = repository == null || isBesideAFile(repository, places) ? null : repository;
    for (int i = places.size() - 1; i >= 0; i--) {
      Place place = places.get(i);
      if (pending != null && place.kind() != Place.Kind.PROJECT) {
        addFragments(pending, null, trail);
        pending = null;
      }
      addPlace(place, trail);
    }
    if (pending != null) {
      addFragments(pending, null, trail);
    }
  }

  /** Whether the fragments of a repository's root lie beside a file, and are taken in with that. */
  static boolean isBesideAFile(Path repository, List<Place> places) {
    for (int i = 0; i < places.size(); i++) {
      ConfigFile file = places.get(i).file();
      if (file != null
          && places.get(i).kind() == Place.Kind.PROJECT
          && repository.equals(file.directory())) {
        return true;
      }
    }
    return false;
  }

  /** Adds files of one directory, given from the lowest rank to the highest. */
  void addAll(String place, List<Path> paths, @Nullable Trail trail) {
    for (int i = paths.size() - 1; i >= 0; i--) {
      ConfigFile file = reads.find(paths.get(i));
      if (file != null) {
        add(place, file, null, null, trail);
      }
    }
  }

  private void addPlace(Place place, @Nullable Trail trail) {
    ConfigFile file = place.file();
    if (place.kind() == Place.Kind.NAMED_FRAGMENTS) {
      addFragments(place.path(), place.name(), null, trail);
      return;
    }
    if (file != null && !heights.containsKey(file)) {
      visit(place.name(), file, null, place.kind(), trail);
    } else if (trail != null) {
      if (file != null) {
        trail.skipped(place.name(), file.path(), file, AGAIN);
      } else if (place.skipped().isEmpty()) {
        trail.absent(place.name(), place.path(), "no " + ConfigFiles.NAME);
      } else {
        trail.skipped(place.name(), place.path(), null, place.skipped());
      }
    }
  }

  /** Goes through a file, and says how deep its imports lie in each other. */
  private int visit(
      String place,
      ConfigFile file,
      @Nullable Frame outer,
      Place.@Nullable Kind root,
      @Nullable Trail trail) {
    heights.put(file, UNFINISHED);
    order.add(file);
    Trail inside = trail == null ? null : trail.merged(place, file);
    ConfigMap map = parser.parse(file);
    Frame frame = new Frame(file, outer == null ? 0 : outer.depth() + 1, outer);
    int height = 0;
    ConfigMap.Entry entry = map.entries().get(IMPORT);
    if (entry != null) {
      if (root == null || root.takesIn()) {
        height = addImports(entry, frame, inside);
      } else if (inside != null) {
        inside.skipped(
            IMPORT, file.path(), null, "what the system's configuration imports is not read");
      }
    }
    if (root != null && root.takesIn()) {
      height = Math.max(height, addFragments(file.directory(), frame, inside));
    }
    heights.put(file, height);
    return height;
  }

  /** Adds a file that another one takes in, or that lies in one of the directories that do so. */
  private int add(
      String place,
      ConfigFile file,
      @Nullable Frame outer,
      @Nullable Position entry,
      @Nullable Trail trail) {
    Integer known = heights.get(file);
    if (entry != null && outer != null) {
      if (known != null && known == UNFINISHED) {
        throw entry.error("this import goes in a circle: " + circle(file, outer));
      }
      if (outer.depth() + 1 + (known == null ? 0 : known) > DEEPEST) {
        throw entry.error(
            "imports are nested deeper than " + DEEPEST + " levels, which is the limit");
      }
    }
    if (known == null) {
      return 1 + visit(place, file, outer, null, trail);
    }
    if (trail != null) {
      trail.skipped(place, file.path(), file, AGAIN);
    }
    return 1 + known;
  }

  /** Adds the files of {@code atmos.d} and {@code .atmos.d}. */
  private int addFragments(Path directory, @Nullable Frame outer, @Nullable Trail trail) {
    boolean ofRepository = outer == null;
    int height =
        addFragments(
            directory.resolve(HIDDEN_FRAGMENTS),
            ofRepository ? ".atmos.d of the repository's root" : HIDDEN_FRAGMENTS,
            outer,
            trail);
    return Math.max(
        height,
        addFragments(
            directory.resolve(FRAGMENTS),
            ofRepository ? "atmos.d of the repository's root" : FRAGMENTS,
            outer,
            trail));
  }

  private int addFragments(
      Path fragments, String place, @Nullable Frame outer, @Nullable Trail trail) {
    if (reads.list(fragments, null) == null) {
      if (trail != null) {
        trail.absent(place, fragments, "");
      }
      return 0;
    }
    List<Path> paths = YamlFiles.below(fragments, reads, null);
    if (paths.isEmpty() && trail != null) {
      trail.absent(place, fragments, "no YAML file in it");
    }
    int height = 0;
    for (int i = paths.size() - 1; i >= 0; i--) {
      ConfigFile file = reads.find(paths.get(i));
      if (file != null) {
        height = Math.max(height, add(place, file, outer, null, trail));
      }
    }
    return height;
  }

  // ---- imports

  private int addImports(ConfigMap.Entry entry, Frame frame, @Nullable Trail trail) {
    ConfigValue value = entry.value().resolved();
    if (value instanceof ConfigList list) {
      int height = 0;
      for (int i = list.items().size() - 1; i >= 0; i--) {
        ConfigValue item = list.items().get(i).resolved();
        if (!(item instanceof ConfigText text)) {
          throw item.position().error("an import must be a text, and is " + item.describe());
        }
        height = Math.max(height, addImport(text, frame, trail));
      }
      return height;
    }
    if (value instanceof ConfigText text) {
      return text.isNull() ? 0 : addImport(text, frame, trail);
    }
    throw entry
        .keyPosition()
        .error("'" + IMPORT + "' must be a list of texts, and is " + value.describe());
  }

  private int addImport(ConfigText text, Frame frame, @Nullable Trail trail) {
    Position position = text.position();
    if (text.isNull() || text.text().isBlank()) {
      throw position.error("an import must not be empty");
    }
    List<ConfigFile> files = imports.resolve(frame.file(), text.text(), position, trail);
    int height = 0;
    for (int i = files.size() - 1; i >= 0; i--) {
      height = Math.max(height, add(IMPORT, files.get(i), frame, position, trail));
    }
    return height;
  }

  private static String circle(ConfigFile again, Frame innermost) {
    String chain = again.toString();
    for (Frame frame = innermost; frame != null; frame = frame.outer()) {
      chain = frame.file() + " -> " + chain;
      if (frame.file().path().equals(again.path())) {
        break;
      }
    }
    return chain;
  }

  /** Whether a file has been added. */
  boolean has(ConfigFile file) {
    return heights.containsKey(file);
  }
}
