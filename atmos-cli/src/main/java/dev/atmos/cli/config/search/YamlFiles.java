package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for YAML files in directories. Hidden files and directories are passed over. */
public final class YamlFiles {
  static final String[] SUFFIXES = {".yaml", ".yml"};

  /** How many names are looked at for one directory or pattern. */
  static final int MOST_NAMES = 100_000;

  /** By depth, then by name: the same order on every system. */
  static final class Order implements Comparator<Path> {
    @Override
    public int compare(Path a, Path b) {
      int difference = Integer.compare(a.getNameCount(), b.getNameCount());
      for (int i = 0; difference == 0 && i < a.getNameCount(); i++) {
        difference = a.getName(i).toString().compareTo(b.getName(i).toString());
      }
      return difference;
    }
  }

  private final ConfigFileCache cache;
  private final @Nullable Position entry;
  private int namesLeft = MOST_NAMES;

  YamlFiles(ConfigFileCache cache, @Nullable Position entry) {
    this.cache = cache;
    this.entry = entry;
  }

  /** All YAML files in a directory and in those below it, in their order. */
  public static List<Path> below(Path directory, ConfigFileCache cache, @Nullable Position entry) {
    List<Path> found = new ArrayList<>();
    new YamlFiles(cache, entry).collect(directory, found);
    found.sort(new Order());
    return found;
  }

  static boolean isYaml(String name) {
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix) && name.length() > suffix.length()) {
        return true;
      }
    }
    return false;
  }

  static boolean isHidden(String name) {
    return name.startsWith(".");
  }

  /** The names in a directory; none if it isn't one. */
  List<String> names(Path directory) {
    List<String> names = cache.list(directory, entry);
    if (names == null) {
      return List.of();
    }
    namesLeft -= names.size();
    if (namesLeft < 0) {
      String problem = "more than " + MOST_NAMES + " names to look through, which is the limit";
      throw entry == null
          ? new AtmosException(ExitCode.USAGE, directory + ": " + problem)
          : entry.error(problem);
    }
    return names;
  }

  /** Collects all YAML files in a directory and in those below it. */
  void collect(Path directory, Collection<Path> found) {
    for (Map.Entry<Path, List<String>> each : directories(directory).entrySet()) {
      for (String name : each.getValue()) {
        if (isYaml(name) && !isHidden(name)) {
          found.add(each.getKey().resolve(name));
        }
      }
    }
  }

  /** A directory and those below it, each with the names in it. */
  Map<Path, List<String>> directories(Path directory) {
    Map<Path, List<String>> found = new LinkedHashMap<>();
    addDirectory(directory, found, new ArrayList<>());
    return found;
  }

  /**
   * Adds a directory and those below it.
   *
   * @param above the directories above by their real paths: links may lead in a circle
   */
  private void addDirectory(Path directory, Map<Path, List<String>> found, List<Path> above) {
    List<String> names = names(directory);
    List<Path> inside = new ArrayList<>();
    for (String name : names) {
      Path path = directory.resolve(name);
      if (!isHidden(name) && !isYaml(name) && cache.list(path, entry) != null) {
        inside.add(path);
      }
    }
    Path real = inside.isEmpty() ? directory : cache.real(directory, entry);
    if (inside.isEmpty() || !above.contains(real)) {
      found.put(directory, names);
      above.add(real);
      for (Path each : inside) {
        addDirectory(each, found, above);
      }
      above.removeLast();
    }
  }
}
