package dev.atmos.cli.host;

import dev.atmos.plugin.base.ApiVersion;
import dev.atmos.text.TerminalText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a plugin without loading any of its code: a view of an index, which reads what
 * is asked for. Safe for use by several threads.
 */
public final class PluginMetadata {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";

  private final Properties index;
  private final String id;
  private final List<Jar> jars;
  private final Map<String, List<String>> names = new HashMap<>();
  private @Nullable Map<String, String> commands;
  private @Nullable Map<String, String> groups;

  /**
   * A jar of a third party's plugin.
   *
   * @param sha256 what it is registered with, as 64 lower-case hexadecimal digits; empty for none
   */
  public record Jar(Path path, String sha256) {}

  /**
   * @param index see {@link PluginIndex}; not changed from here on
   * @param jars where its classes are; empty for a built-in plugin, whose classes are the program's
   */
  PluginMetadata(Properties index, String id, List<Jar> jars) {
    this.index = index;
    this.id = id;
    this.jars = List.copyOf(jars);
  }

  /**
   * Reads everything.
   *
   * @throws IllegalArgumentException if anything is wrong or missing
   */
  void check() {
    checkId(id);
    var _ = version();
    var _ = api();
    var _ = className();
    var _ = commands();
    var _ = groups();
  }

  /** Names it. */
  public String id() {
    return id;
  }

  /** Its own version. */
  public String version() {
    return version(index, id);
  }

  /** The version of the API that it was built against. */
  ApiVersion api() {
    return ApiVersion.parse(required(index, id + "/api", id));
  }

  /** The class that implements {@link dev.atmos.plugin.Plugin}. */
  String className() {
    return required(index, id + "/class", id);
  }

  /** Whether it has the command of that path ({@code aws eks token}). */
  public boolean hasCommand(String path) {
    return path.indexOf('.') < 0
        && index.containsKey(id.concat("/command.").concat(path.replace(' ', '.')));
  }

  /** Summaries of its commands, by path. */
  public synchronized Map<String, String> commands() {
    if (commands == null) {
      commands = summaries(id + "/command.");
    }
    return commands;
  }

  /** Summaries of groups of commands, by path. */
  public synchronized Map<String, String> groups() {
    if (groups == null) {
      groups = summaries(id + "/group.");
    }
    return groups;
  }

  private Map<String, String> summaries(String prefix) {
    Map<String, String> summaries = new TreeMap<>();
    for (Object name : index.keySet()) {
      String key = (String) name;
      if (key.startsWith(prefix)) {
        summaries.put(path(key, prefix), summary(index, key));
      }
    }
    return summaries;
  }

  /** The names of what it supplies that a key of the metadata lists, such as {@code identities}. */
  synchronized List<String> names(String key) {
    List<String> listed = names.get(key);
    if (listed == null) {
      listed = list(index.getProperty(id.concat("/").concat(key)));
      names.put(key, listed);
    }
    return listed;
  }

  /** The identity kind for a configuration without identities; null for none. */
  @Nullable String fallbackIdentity() {
    return index.getProperty(id + "/fallback-identity");
  }

  /** Where its classes are; empty for a built-in plugin. */
  public List<Jar> jars() {
    return jars;
  }

  /** Whether it is a part of the program. */
  public boolean builtIn() {
    return jars.isEmpty();
  }

  @Override
  public String toString() {
    return "plugin " + id + " " + version();
  }

  // ---- the texts of an index

  static void checkId(String id) {
    if (!isMadeOf(id, LETTERS, DIGITS + "-")) {
      throw new IllegalArgumentException("not a plugin's id: " + id);
    }
  }

  static String version(Properties index, String id) {
    String version = required(index, id + "/version", id);
    if (!isName(version)) {
      throw new IllegalArgumentException("not a plugin's version: " + version);
    }
    return version;
  }

  private static String path(String key, String prefix) {
    boolean wordOpen = false;
    for (int i = prefix.length(); i < key.length(); i++) {
      char c = key.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letter && !(wordOpen && (c == '-' || c == '.'))) {
        throw new IllegalArgumentException("not the words of a command: " + key);
      }
      wordOpen = c != '.';
    }
    if (!wordOpen) {
      throw new IllegalArgumentException("not the words of a command: " + key);
    }
    return key.substring(prefix.length()).replace('.', ' ');
  }

  /** Help shows it as it is, so it may neither have lines of its own nor steer a terminal. */
  private static String summary(Properties index, String key) {
    String summary = index.getProperty(key);
    for (int i = 0; i < summary.length(); i++) {
      char c = summary.charAt(i);
      // Those of the built-in plugins are ASCII: the class that judges the rest isn't loaded then.
      if ((c < ' ' || c > '~') && !TerminalText.isVisible(summary)) {
        throw new IllegalArgumentException("more than one line of text: " + key);
      }
    }
    return summary;
  }

  static String required(Properties properties, String key, String subject) {
    String value = properties.getProperty(key);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(subject + " does not say " + key);
    }
    return value;
  }

  static List<String> list(@Nullable String text) {
    List<String> items = new ArrayList<>();
    // Splitting by a single character takes no regular expression.
    for (String item : text == null ? new String[0] : text.split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return items;
  }

  /** A name that is safe as a part of a path on every system. */
  static boolean isName(String name) {
    return isMadeOf(name, LETTERS + CAPITALS + DIGITS, ".-_+") && !name.endsWith(".");
  }

  /** Whether a text is made of some characters, and behind the first one of further ones too. */
  private static boolean isMadeOf(String text, String characters, String furtherOnes) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (characters.indexOf(c) < 0 && (i == 0 || furtherOnes.indexOf(c) < 0)) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
