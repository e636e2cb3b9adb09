package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPorts;
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

  private final ConfigPorts ports;
  private final Parser parser;
  private final List<ConfigFile> order = new ArrayList<>();

  /** How deep the imports of a file lie in each other, once they have been followed. */
  private final Map<ConfigFile, Integer> heights = new HashMap<>();

  /** Takes the steps at the present depth; null if they aren't needed. */
  private @Nullable SearchLog log;

  public MergeOrder(ConfigPorts ports, Parser parser, @Nullable SearchLog log) {
    this.ports = ports;
    this.parser = parser;
    this.log = log;
  }

  /** The files that have been added, from the highest rank to the lowest. */
  public List<ConfigFile> order() {
    return order;
  }

  /** Adds the locations that the search has found. */
  public void addLocations(List<SearchLocation> locations) {
    for (int i = locations.size() - 1; i >= 0; i--) {
      addLocation(locations.get(i));
    }
  }

  private void addLocation(SearchLocation location) {
    ConfigFile file = location.file();
    if (location.kind() == SearchLocation.Kind.FRAGMENTS) {
      addFragments(location.name(), location.path(), null);
    } else if (file != null && !heights.containsKey(file)) {
      visit(location.name(), file, null, location.kind());
    } else if (file != null) {
      skipped(location.name(), file.path(), file, AGAIN);
    } else if (location.skipped().isEmpty()) {
      absent(location.name(), location.path(), "no " + RootFiles.NAME);
    } else {
      skipped(location.name(), location.path(), null, location.skipped());
    }
  }

  private void absent(String place, Path path, String why) {
    if (log != null) {
      log.absent(place, path, why);
    }
  }

  private void skipped(String place, Path path, @Nullable ConfigFile file, String why) {
    if (log != null) {
      log.skipped(place, path, file, why);
    }
  }

  /** Goes through a file, and says how deep its imports lie in each other. */
  private int visit(
      String place, ConfigFile file, @Nullable Frame outer, SearchLocation.@Nullable Kind root) {
    if (root != null && root.isOfProject()) {
      ports.guard().checkFound(file, file.directory());
    }
    heights.put(file, UNFINISHED);
    order.add(file);
    SearchLog outside = log;
    log = outside == null ? null : outside.merged(place, file);
    Frame frame = new Frame(file, outer == null ? 0 : outer.depth() + 1, outer);
    int height = 0;
    ConfigMap.Entry entry = parser.parse(file).entries().get(IMPORT);
    if (entry != null) {
      if (root == null || root.takesIn()) {
        height = addImports(entry, frame);
      } else {
        skipped(IMPORT, file.path(), null, "what the system's configuration imports is not read");
      }
    }
    if (root != null && root.takesIn()) {
      for (String name : RootFiles.FRAGMENTS) {
        Path fragments = file.directory().resolve(name);
        height = Math.max(height, addFragments(name, fragments, frame));
      }
    }
    log = outside;
    heights.put(file, height);
    return height;
  }

  /** Adds a file that another one takes in, or that lies in one of the directories that do so. */
  private int add(String place, ConfigFile file, @Nullable Frame outer, @Nullable Position entry) {
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
      return 1 + visit(place, file, outer, null);
    }
    skipped(place, file.path(), file, AGAIN);
    return 1 + known;
  }

  private int addFragments(String place, Path directory, @Nullable Frame outer) {
    ConfigFileCache cache = ports.cache();
    if (cache.isStrangersDirectory(directory, null)) {
      skipped(place, directory, null, String.valueOf(cache.skipped().get(directory)));
      return 0;
    }
    Path above = directory.getParent();
    return addDirectory(place, directory, above == null ? directory : above, outer, null);
  }

  /**
   * Adds the YAML files of a directory.
   *
   * @param base the directory of the configuration that it belongs to
   * @param named where the directory is named; null if no file does
   */
  public void addDirectory(String place, Path directory, Path base, @Nullable Position named) {
    addDirectory(place, directory, base, null, named);
  }

  private int addDirectory(
      String place, Path directory, Path base, @Nullable Frame outer, @Nullable Position named) {
    ConfigFileCache cache = ports.cache();
    List<Path> paths = YamlFiles.below(directory, cache, named);
    if (paths.isEmpty()) {
      boolean there = cache.list(directory, named) != null;
      absent(place, directory, there ? "no YAML file in it" : "");
    }
    int height = 0;
    for (int i = paths.size() - 1; i >= 0; i--) {
      ConfigFile file = cache.findListed(paths.get(i), null);
      if (file != null) {
        ports.guard().checkFound(file, base);
        height = Math.max(height, add(place, file, outer, null));
      }
    }
    return height;
  }

  // ---- imports

  private int addImports(ConfigMap.Entry entry, Frame frame) {
    ConfigValue value = entry.value().resolved();
    List<ConfigValue> items;
    if (value instanceof ConfigList list) {
      items = list.items();
    } else if (value instanceof ConfigText text) {
      items = text.isNull() ? List.of() : List.of(text);
    } else {
      throw entry
          .keyPosition()
          .error("'" + IMPORT + "' must be a list of texts, and is " + value.describe());
    }
    int height = 0;
    for (int i = items.size() - 1; i >= 0; i--) {
      ConfigValue item = items.get(i).resolved();
      if (!(item instanceof ConfigText text)) {
        throw item.position().error("an import must be a text, and is " + item.describe());
      }
      height = Math.max(height, addImport(text, frame));
    }
    return height;
  }

  private int addImport(ConfigText text, Frame frame) {
    Position position = text.position();
    if (text.isNull() || text.text().isBlank()) {
      throw position.error("an import must not be empty");
    }
    List<ConfigFile> files = new ImportEntry(ports, frame.file(), text.text(), position).files(log);
    int height = 0;
    for (int i = files.size() - 1; i >= 0; i--) {
      height = Math.max(height, add(IMPORT, files.get(i), frame, position));
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
}
