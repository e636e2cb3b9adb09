package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.file.ImportGuard;
import dev.atmos.plugin.config.Position;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the YAML files that match a pattern: {@code *} and {@code ?} within a name, {@code [a-z]}
 * and {@code [!a-z]}, <code>{a,b}</code>, and {@code **} for any number of directories. A hidden
 * name matches only a part of a pattern that begins with a dot. The last part also matches a name
 * without its {@code .yaml} or {@code .yml}.
 */
final class Globs {
  /** How many patterns the braces of one may make. */
  static final int MOST_ALTERNATIVES = 1_000;

  private static final String ANY_DIRECTORIES = "**";

  private final ConfigFile importer;
  private final ImportGuard guard;
  private final ConfigFileCache cache;
  private final Position entry;
  private final YamlFiles files;
  private final Set<Path> found = new TreeSet<>(new YamlFiles.Order());

  private Globs(ConfigFile importer, ImportGuard guard, ConfigFileCache cache, Position entry) {
    this.importer = importer;
    this.guard = guard;
    this.cache = cache;
    this.entry = entry;
    this.files = new YamlFiles(cache, entry);
  }

  /** The files that match a pattern, in their order. */
  static List<Path> find(
      ConfigFile importer,
      String pattern,
      Optional<Path> home,
      ImportGuard guard,
      ConfigFileCache cache,
      Position entry) {
    Path base = importer.basePath();
    boolean windows = base.getFileSystem().getSeparator().equals("\\");
    List<String> alternatives = new ArrayList<>();
    expand(windows ? pattern.replace('\\', '/') : pattern, alternatives, entry);
    Globs globs = new Globs(importer, guard, cache, entry);
    for (String alternative : alternatives) {
      globs.start(base, alternative, home);
    }
    return List.copyOf(globs.found);
  }

  // ---- braces

  private static void expand(String pattern, List<String> alternatives, Position entry) {
    int open = pattern.indexOf('{');
    int close = open < 0 ? -1 : closing(pattern, open);
    if (close < 0) {
      if (alternatives.size() == MOST_ALTERNATIVES) {
        throw entry.error(
            "the braces of this import make more than "
                + MOST_ALTERNATIVES
                + " patterns, which is the limit");
      }
      alternatives.add(pattern);
      return;
    }
    int depth = 0;
    int start = open + 1;
    for (int i = start; i <= close; i++) {
      char c = pattern.charAt(i);
      if (depth == 0 && (c == ',' || i == close)) {
        expand(
            pattern.substring(0, open) + pattern.substring(start, i) + pattern.substring(close + 1),
            alternatives,
            entry);
        start = i + 1;
      } else if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      }
    }
  }

  private static int closing(String pattern, int open) {
    int depth = 0;
    for (int i = open; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  // ---- directories

  private void start(Path base, String pattern, Optional<Path> home) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int wild = -1;
    for (int i = 0; i <= pattern.length(); i++) {
      if (i < pattern.length() && pattern.charAt(i) != '/') {
        continue;
      }
      String part = pattern.substring(start, i);
      if (wild < 0 && (isWild(part) || i == pattern.length())) {
        wild = start;
      }
      if (wild >= 0 && !part.isEmpty() && !part.equals(".")) {
        boolean again =
            part.equals(ANY_DIRECTORIES)
                && !parts.isEmpty()
                && parts.get(parts.size() - 1).equals(ANY_DIRECTORIES);
        if (!again) {
          parts.add(part);
        }
      }
      start = i + 1;
    }
    try {
      Path directory = ConfigPaths.resolve(base, pattern.substring(0, wild), home);
      guard.check(importer, directory, entry);
      walk(directory, parts, 0);
    } catch (InvalidPathException e) {
      throw entry.error("this import is not a valid path");
    }
  }

  private void walk(Path directory, List<String> parts, int index) {
    if (index == parts.size()) {
      return;
    }
    String part = parts.get(index);
    boolean last = index == parts.size() - 1;
    if (part.equals(ANY_DIRECTORIES)) {
      if (last) {
        List<Path> below = new ArrayList<>();
        files.collect(directory, below, new ArrayList<>());
        found.addAll(below);
      } else {
        anywhereBelow(directory, parts, index + 1, new ArrayList<>());
      }
    } else if (!isWild(part)) {
      if (last) {
        addNamed(directory.resolve(part).normalize());
      } else {
        walk(directory.resolve(part).normalize(), parts, index + 1);
      }
    } else {
      List<String> names = files.names(directory);
      if (names == null) {
        return;
      }
      int[] pattern = codePoints(part);
      for (String name : names) {
        if (YamlFiles.isHidden(name) && !YamlFiles.isHidden(part)) {
          continue;
        }
        if (!last) {
          if (matches(pattern, codePoints(name))) {
            walk(directory.resolve(name), parts, index + 1);
          }
        } else if (YamlFiles.isYaml(name)
            && (matches(pattern, codePoints(name)) || matches(pattern, codePoints(stem(name))))) {
          found.add(directory.resolve(name));
        }
      }
    }
  }

  private void anywhereBelow(Path directory, List<String> parts, int index, List<Path> above) {
    List<String> names = files.names(directory);
    if (names == null) {
      return;
    }
    walk(directory, parts, index);
    Path real = null;
    for (String name : names) {
      Path path = directory.resolve(name);
      if (YamlFiles.isHidden(name) || YamlFiles.isYaml(name) || cache.list(path, entry) == null) {
        continue;
      }
      if (real == null) {
        real = cache.real(directory, entry);
        if (above.contains(real)) {
          return;
        }
        above.add(real);
      }
      anywhereBelow(path, parts, index, above);
    }
    if (real != null) {
      above.remove(above.size() - 1);
    }
  }

  /** A name without wildcards, which only braces produce; it may be there or not. */
  private void addNamed(Path path) {
    String name = String.valueOf(path.getFileName());
    if (YamlFiles.isYaml(name)) {
      if (cache.exists(path)) {
        found.add(path);
      }
      return;
    }
    for (String suffix : YamlFiles.SUFFIXES) {
      Path longer = path.resolveSibling(name + suffix);
      if (cache.exists(longer)) {
        found.add(longer);
        return;
      }
    }
  }

  private static String stem(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  // ---- names

  private static boolean isWild(String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '*' || c == '?' || c == '[') {
        return true;
      }
    }
    return false;
  }

  /** Goes back to the last {@code *} only, as no earlier one can match more than it does. */
  private static boolean matches(int[] pattern, int[] name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int starName = 0;
    while (n < name.length) {
      int next = p < pattern.length && pattern[p] != '*' ? afterOne(pattern, p, name[n]) : -1;
      if (p < pattern.length && pattern[p] == '*') {
        star = p++;
        starName = n;
      } else if (next >= 0) {
        p = next;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++starName;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p == pattern.length;
  }

  /** The end of the part at {@code p} that stands for one character, if that matches; else -1. */
  private static int afterOne(int[] pattern, int p, int c) {
    if (pattern[p] == '?') {
      return p + 1;
    }
    int close = pattern[p] == '[' ? closeOfClass(pattern, p) : -1;
    if (close < 0) {
      return pattern[p] == c ? p + 1 : -1;
    }
    int i = p + 1;
    boolean negated = pattern[i] == '!' || pattern[i] == '^';
    if (negated) {
      i++;
    }
    boolean in = false;
    while (i < close) {
      boolean range = i + 2 < close && pattern[i + 1] == '-';
      int to = range ? pattern[i + 2] : pattern[i];
      in = in || (pattern[i] <= c && c <= to);
      i += range ? 3 : 1;
    }
    return in == negated ? -1 : close + 1;
  }

  /**
   * A bracket that closes at once is a character of the class; one that is never closed is itself.
   */
  private static int closeOfClass(int[] pattern, int open) {
    int i = open + 1;
    if (i < pattern.length && (pattern[i] == '!' || pattern[i] == '^')) {
      i++;
    }
    for (i++; i < pattern.length; i++) {
      if (pattern[i] == ']') {
        return i;
      }
    }
    return -1;
  }

  private static int[] codePoints(String text) {
    int[] codePoints = new int[text.codePointCount(0, text.length())];
    int at = 0;
    for (int i = 0; i < codePoints.length; i++) {
      codePoints[i] = text.codePointAt(at);
      at += Character.charCount(codePoints[i]);
    }
    return codePoints;
  }
}
