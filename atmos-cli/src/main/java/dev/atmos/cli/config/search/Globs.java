package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPaths;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** The beginning of a group that, once it has matched, isn't tried again with more. */
  private static final String FIRST_MATCH = "(?>.*?";

  private final Pattern innermostBraces = Pattern.compile("\\{([^{}]*)\\}");

  /** The part with the first wildcard, or else the last one, and all that follows. */
  private final Pattern pastFixed = Pattern.compile("(?s)[^/]*([*?\\[{].*|\\z)");

  /** A bracket that closes at once is a character of the class; one that never closes is itself. */
  private final Pattern token =
      Pattern.compile("(?s)\\*+|\\?|\\[(?<not>[!^]?+)(?<in>.[^\\]]*)\\]|.");

  private final ImportEntry entry;
  private final ConfigFileCache cache;
  private final Optional<Path> home;
  private final YamlFiles files;
  private final Set<Path> found = new TreeSet<>(new YamlFiles.Order());
  private final Map<String, Pattern> names = new HashMap<>();

  Globs(ImportEntry entry) {
    this.entry = entry;
    this.cache = entry.ports().cache();
    this.home = entry.ports().directories().home();
    this.files = new YamlFiles(cache, entry.position());
  }

  static boolean isGlob(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("*?[{".indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The files that the entry's pattern matches, in their order. */
  List<Path> find() {
    Path base = entry.importer().basePath(home);
    boolean windows = base.getFileSystem().getSeparator().equals("\\");
    List<String> alternatives = new ArrayList<>();
    expand(windows ? entry.text().replace('\\', '/') : entry.text(), alternatives);
    for (String alternative : alternatives) {
      start(base, alternative);
    }
    return List.copyOf(found);
  }

  private void expand(String pattern, List<String> alternatives) {
    Matcher braces = innermostBraces.matcher(pattern);
    if (braces.find()) {
      for (String each : braces.group(1).split(",", -1)) {
        String before = pattern.substring(0, braces.start());
        expand(before + each + pattern.substring(braces.end()), alternatives);
      }
      return;
    }
    if (alternatives.size() == MOST_ALTERNATIVES) {
      throw entry
          .position()
          .error(
              "the braces of this import make more than "
                  + MOST_ALTERNATIVES
                  + " patterns, which is the limit");
    }
    alternatives.add(pattern);
  }

  // ---- directories

  private void start(Path base, String pattern) {
    String fixed = pastFixed.matcher(pattern).replaceFirst("");
    List<String> parts = new ArrayList<>();
    for (String part : pattern.substring(fixed.length()).split("/", -1)) {
      boolean again =
          part.equals(ANY_DIRECTORIES)
              && !parts.isEmpty()
              && parts.getLast().equals(ANY_DIRECTORIES);
      if (!part.isEmpty() && !part.equals(".") && !again) {
        parts.add(part);
      }
    }
    Path directory;
    try {
      directory = ConfigPaths.resolve(base, fixed, home);
    } catch (InvalidPathException e) {
      throw entry.position().error("this import is not a valid path");
    }
    entry.check(directory);
    walk(directory, parts);
  }

  private void walk(Path directory, List<String> parts) {
    if (parts.isEmpty()) {
      return;
    }
    String part = parts.getFirst();
    List<String> rest = parts.subList(1, parts.size());
    if (part.equals(ANY_DIRECTORIES)) {
      if (rest.isEmpty()) {
        files.collect(directory, found);
      } else {
        for (Path each : files.directories(directory).keySet()) {
          walk(each, rest);
        }
      }
    } else if (isGlob(part)) {
      walkMatches(directory, part, rest);
    } else if (rest.isEmpty()) {
      addNamed(directory.resolve(part).normalize());
    } else {
      walk(directory.resolve(part).normalize(), rest);
    }
  }

  private void walkMatches(Path directory, String part, List<String> rest) {
    Pattern pattern = names.computeIfAbsent(part, this::pattern);
    for (String name : files.names(directory)) {
      if (YamlFiles.isHidden(name) && !YamlFiles.isHidden(part)) {
        continue;
      }
      boolean matches = pattern.matcher(name).matches();
      if (!rest.isEmpty()) {
        if (matches) {
          walk(directory.resolve(name), rest);
        }
      } else if (YamlFiles.isYaml(name) && (matches || pattern.matcher(stem(name)).matches())) {
        found.add(directory.resolve(name));
      }
    }
  }

  /** A name without wildcards, which only braces produce; it may be there or not. */
  private void addNamed(Path path) {
    String name = String.valueOf(path.getFileName());
    for (String suffix : YamlFiles.isYaml(name) ? new String[] {""} : YamlFiles.SUFFIXES) {
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

  /**
   * The pattern of a name. What stands between two {@code *} has to match where it first can, and
   * no later place is tried: trying all of them could take forever.
   */
  private Pattern pattern(String part) {
    StringBuilder regex = new StringBuilder("(?s)");
    int star = -1;
    Matcher tokens = token.matcher(part);
    while (tokens.find()) {
      String characters = tokens.group("in");
      if (tokens.group().startsWith("*")) {
        regex.append(star < 0 ? "" : ")");
        star = regex.length();
        regex.append(FIRST_MATCH);
      } else if (characters != null) {
        regex.append(characterClass(characters, !tokens.group("not").isEmpty()));
      } else {
        regex.append(tokens.group().equals("?") ? "." : Pattern.quote(tokens.group()));
      }
    }
    if (star >= 0) {
      // What follows the last one has to match at the end.
      regex.replace(star, star + FIRST_MATCH.length(), "(?:.*").append(')');
    }
    return Pattern.compile(regex.toString());
  }

  private static String characterClass(String characters, boolean negated) {
    // A class must not be empty, and no name has a NUL.
    StringBuilder regex = new StringBuilder(negated ? "[^\\x00" : "[\\x00");
    int[] all = characters.codePoints().toArray();
    for (int i = 0; i < all.length; i++) {
      int from = all[i];
      if (i + 2 < all.length && all[i + 1] == '-') {
        i += 2;
      }
      if (from <= all[i]) {
        regex.append("\\x{%x}-\\x{%x}".formatted(from, all[i]));
      }
    }
    return regex.append(']').toString();
  }
}
