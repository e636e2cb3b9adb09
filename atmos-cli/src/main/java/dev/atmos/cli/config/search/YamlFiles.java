package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    new YamlFiles(cache, entry).collect(directory, found, new ArrayList<>());
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

  /** The names in a directory; null if it is none. */
  @Nullable List<String> names(Path directory) {
    List<String> names = cache.list(directory, entry);
    if (names != null) {
      namesLeft -= names.size();
      if (namesLeft < 0) {
        String problem = "more than " + MOST_NAMES + " names to look through, which is the limit";
        throw entry == null
            ? new AtmosException(ExitCode.USAGE, directory + ": " + problem)
            : entry.error(problem);
      }
    }
    return names;
  }

  /**
   * Collects, from a directory that may be none.
   *
   * @param above the directories above by their real paths: links may lead in a circle
   */
  void collect(Path directory, List<Path> found, List<Path> above) {
    List<String> names = names(directory);
    if (names == null) {
      return;
    }
    Path real = null;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (isHidden(name)) {
        continue;
      }
      Path path = directory.resolve(name);
      if (isYaml(name)) {
        found.add(path);
      } else if (cache.list(path, entry) != null) {
        if (real == null) {
          real = cache.real(directory, entry);
          if (above.contains(real)) {
            return;
          }
          above.add(real);
        }
        collect(path, found, above);
      }
    }
    if (real != null) {
      above.remove(above.size() - 1);
    }
  }
}
