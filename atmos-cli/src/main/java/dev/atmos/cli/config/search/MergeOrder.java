package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
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
 * Puts the files into the order in which they are merged: those that the search found, and below
 * each of them those that it imports. They are visited from the highest rank to the lowest, so that
 * a file that is found several times counts at its highest rank.
 */
public final class MergeOrder {
  public static final String FRAGMENTS = "atmos.d";
  public static final String HIDDEN_FRAGMENTS = ".atmos.d";
  public static final String IMPORT = "import";

  /** How deep imports may lie in each other. */
  static final int DEEPEST = 10;

  private static final int UNFINISHED = -1;
  private static final String AGAIN = "merged further down, at a higher rank";

  /** Parses a file. */
  public interface Parser {
    ConfigMap parse(ConfigFile file);
  }

  /** A file whose imports are being followed. */
  private record Frame(ConfigFile file, int depth, @Nullable Frame outer) {}

  private final ConfigFileCache cache;
  private final Imports imports;
  private final Parser parser;
  private final List<ConfigFile> order = new ArrayList<>();

  /** How deep the imports of a file lie in each other, once they have been followed. */
  private final Map<ConfigFile, Integer> heights = new HashMap<>();

  public MergeOrder(ConfigFileCache cache, Imports imports, Parser parser) {
    this.cache = cache;
    this.imports = imports;
    this.parser = parser;
  }

  /** The files that have been added, from the highest rank to the lowest. */
  public List<ConfigFile> order() {
    return order;
  }

  /** Adds the locations that the search has found. */
  public void addLocations(
      List<SearchLocation> locations, @Nullable Path repository, @Nullable SearchLog log) {
    Path pending = repository == null || isBesideAFile(repository, locations) ? null : repository;
    for (int i = locations.size() - 1; i >= 0; i--) {
      SearchLocation location = locations.get(i);
      if (pending != null && location.kind() != SearchLocation.Kind.PROJECT) {
        addFragments(pending, null, log);
        pending = null;
      }
      addLocation(location, log);
    }
    if (pending != null) {
      addFragments(pending, null, log);
    }
  }

  /** Whether the fragments of a repository's root lie beside a file, and are taken in with that. */
  public static boolean isBesideAFile(Path repository, List<SearchLocation> locations) {
    for (int i = 0; i < locations.size(); i++) {
      ConfigFile file = locations.get(i).file();
      if (file != null
          && locations.get(i).kind() == SearchLocation.Kind.PROJECT
          && repository.equals(file.directory())) {
        return true;
      }
    }
    return false;
  }

  /** Adds files of one directory, given from the lowest rank to the highest. */
  public void addAll(String place, List<Path> paths, @Nullable SearchLog log) {
    for (int i = paths.size() - 1; i >= 0; i--) {
      ConfigFile file = cache.find(paths.get(i), null);
      if (file != null) {
        add(place, file, null, null, log);
      }
    }
  }

  private void addLocation(SearchLocation location, @Nullable SearchLog log) {
    ConfigFile file = location.file();
    if (location.kind() == SearchLocation.Kind.NAMED_FRAGMENTS) {
      addFragments(location.path(), location.name(), null, log);
      return;
    }
    if (file != null && !heights.containsKey(file)) {
      visit(location.name(), file, null, location.kind(), log);
    } else if (log != null) {
      if (file != null) {
        log.skipped(location.name(), file.path(), file, AGAIN);
      } else if (location.skipped().isEmpty()) {
        log.absent(location.name(), location.path(), "no " + RootFiles.NAME);
      } else {
        log.skipped(location.name(), location.path(), null, location.skipped());
      }
    }
  }

  /** Goes through a file, and says how deep its imports lie in each other. */
  private int visit(
      String place,
      ConfigFile file,
      @Nullable Frame outer,
      SearchLocation.@Nullable Kind root,
      @Nullable SearchLog log) {
    heights.put(file, UNFINISHED);
    order.add(file);
    SearchLog inside = log == null ? null : log.merged(place, file);
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
      @Nullable SearchLog log) {
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
      return 1 + visit(place, file, outer, null, log);
    }
    if (log != null) {
      log.skipped(place, file.path(), file, AGAIN);
    }
    return 1 + known;
  }

  /** Adds the files of {@code atmos.d} and {@code .atmos.d}. */
  private int addFragments(Path directory, @Nullable Frame outer, @Nullable SearchLog log) {
    boolean ofRepository = outer == null;
    int height =
        addFragments(
            directory.resolve(HIDDEN_FRAGMENTS),
            ofRepository ? ".atmos.d of the repository's root" : HIDDEN_FRAGMENTS,
            outer,
            log);
    return Math.max(
        height,
        addFragments(
            directory.resolve(FRAGMENTS),
            ofRepository ? "atmos.d of the repository's root" : FRAGMENTS,
            outer,
            log));
  }

  private int addFragments(
      Path fragments, String place, @Nullable Frame outer, @Nullable SearchLog log) {
    if (cache.list(fragments, null) == null) {
      if (log != null) {
        log.absent(place, fragments, "");
      }
      return 0;
    }
    List<Path> paths = YamlFiles.below(fragments, cache, null);
    if (paths.isEmpty() && log != null) {
      log.absent(place, fragments, "no YAML file in it");
    }
    int height = 0;
    for (int i = paths.size() - 1; i >= 0; i--) {
      ConfigFile file = cache.find(paths.get(i), null);
      if (file != null) {
        height = Math.max(height, add(place, file, outer, null, log));
      }
    }
    return height;
  }

  // ---- imports

  private int addImports(ConfigMap.Entry entry, Frame frame, @Nullable SearchLog log) {
    ConfigValue value = entry.value().resolved();
    if (value instanceof ConfigList list) {
      int height = 0;
      for (int i = list.items().size() - 1; i >= 0; i--) {
        ConfigValue item = list.items().get(i).resolved();
        if (!(item instanceof ConfigText text)) {
          throw item.position().error("an import must be a text, and is " + item.describe());
        }
        height = Math.max(height, addImport(text, frame, log));
      }
      return height;
    }
    if (value instanceof ConfigText text) {
      return text.isNull() ? 0 : addImport(text, frame, log);
    }
    throw entry
        .keyPosition()
        .error("'" + IMPORT + "' must be a list of texts, and is " + value.describe());
  }

  private int addImport(ConfigText text, Frame frame, @Nullable SearchLog log) {
    Position position = text.position();
    if (text.isNull() || text.text().isBlank()) {
      throw position.error("an import must not be empty");
    }
    List<ConfigFile> files = imports.resolve(frame.file(), text.text(), position, log);
    int height = 0;
    for (int i = files.size() - 1; i >= 0; i--) {
      height = Math.max(height, add(IMPORT, files.get(i), frame, position, log));
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
