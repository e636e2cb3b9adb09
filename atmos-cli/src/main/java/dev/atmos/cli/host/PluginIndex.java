package dev.atmos.cli.host;

import dev.atmos.cli.port.SafePlaces;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.base.ApiVersion;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.text.TerminalText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of several plugins in one file, so that start-up reads one file and opens no jar.
 *
 * <p>The file is a {@link Properties} file. Its key {@code plugins} lists the ids, separated by
 * commas, in order of precedence; each plugin's own metadata (see {@link dev.atmos.plugin.Plugin})
 * follows with {@code <id>/} before its keys. The index of third-party plugins also says {@code
 * <id>/jars}: the names of jars, separated by commas, that lie in {@code <id>/<version>/} beside
 * the index, and for each of them {@code <id>/sha256.<jar>}: the SHA-256 without which it isn't
 * loaded.
 */
public final class PluginIndex {

  /** The index of no plugins. */
  public static final PluginIndex EMPTY = new PluginIndex(List.of(), null);

  /** Before the name of a jar. */
  static final String DIGEST = "/sha256.";

  private static final String FILE = "index.properties";

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";

  /** The keys of the metadata that list names. */
  private static final List<String> LISTS =
      List.of("providers", "identities", "stores", "integrations", "sections", "services");

  private final List<PluginMetadata> plugins;
  private final @Nullable UnsafePlace unsafe;

  private PluginIndex(List<PluginMetadata> plugins, @Nullable UnsafePlace unsafe) {
    this.plugins = plugins;
    this.unsafe = unsafe;
  }

  /** An index that isn't read, because others can change it. */
  public static PluginIndex unsafe(UnsafePlace place) {
    return new PluginIndex(List.of(), place);
  }

  /** The index of the installed plugins. */
  public static Path file(Path data) {
    return data.resolve("plugins").resolve(FILE);
  }

  /** The index beside which a jar lies. */
  static Path of(PluginMetadata.Jar jar) {
    return jar.path().resolveSibling("../../" + FILE).normalize();
  }

  /** What others can change of an index; null if they can't, or there is no index. */
  public static @Nullable UnsafePlace problem(
      Path file, ReadOnlyFiles files, SafePlaces safePlaces) {
    return files.exists(file) ? safePlaces.problem(file) : null;
  }

  /** Says in one line that the installed plugins aren't loaded. */
  public static String warning(UnsafePlace unsafe) {
    return TerminalText.line("atmos: installed plugins are not loaded: " + unsafe.advice());
  }

  /** What others can change of the index, which isn't read then; null if they can't. */
  @Nullable UnsafePlace unsafe() {
    return unsafe;
  }

  /** The plugins, in order of precedence. */
  public List<PluginMetadata> plugins() {
    return plugins;
  }

  /**
   * Adds the metadata of one jar to an index.
   *
   * @throws IllegalArgumentException if the metadata is wrong, or the index has a plugin of that id
   *     already; the index is left as it was
   */
  public static void add(Properties index, Properties metadata) {
    String id = required(metadata, "id", "plugin.properties");
    Properties added = new Properties();
    for (String key : metadata.stringPropertyNames()) {
      if (!key.equals("id")) {
        added.setProperty(id + "/" + key, metadata.getProperty(key));
      }
    }
    read(added, id, null);
    String ids = index.getProperty("plugins", "");
    if (list(ids).contains(id)) {
      throw new IllegalArgumentException("there are two plugins of the id " + id);
    }
    index.putAll(added);
    index.setProperty("plugins", ids.isEmpty() ? id : ids + "," + id);
  }

  /** Reads the index of the plugins that are a part of the program. */
  public static PluginIndex builtIn(Properties index) {
    List<PluginMetadata> plugins = new ArrayList<>();
    for (String id : list(index.getProperty("plugins"))) {
      plugins.add(read(index, id, null));
    }
    return new PluginIndex(plugins, null);
  }

  /**
   * Reads the index of third-party plugins. A wrong entry costs its own plugin and no other.
   *
   * @param directory where the index lies
   * @param problems is given a line for each entry that is left out, with the reason
   */
  public static PluginIndex installed(Properties index, Path directory, Consumer<String> problems) {
    List<PluginMetadata> plugins = new ArrayList<>();
    for (String id : list(index.getProperty("plugins"))) {
      try {
        plugins.add(read(index, id, directory));
      } catch (IllegalArgumentException e) {
        problems.accept("plugin " + id + ": " + e.getMessage());
      }
    }
    return new PluginIndex(plugins, null);
  }

  private static PluginMetadata read(Properties index, String id, @Nullable Path directory) {
    if (!isId(id)) {
      throw new IllegalArgumentException("not a plugin's id: " + id);
    }
    String version = required(index, id + "/version", id);
    if (!isName(version)) {
      throw new IllegalArgumentException("not a plugin's version: " + version);
    }
    TreeMap<String, String> commands = new TreeMap<>();
    TreeMap<String, String> groups = new TreeMap<>();
    String commandPrefix = id + "/command.";
    String groupPrefix = id + "/group.";
    for (Object name : index.keySet()) {
      String key = (String) name;
      if (key.startsWith(commandPrefix)) {
        commands.put(path(key, commandPrefix), summary(index, key));
      } else if (key.startsWith(groupPrefix)) {
        groups.put(path(key, groupPrefix), summary(index, key));
      }
    }
    return new PluginMetadata(
        id,
        version,
        ApiVersion.parse(required(index, id + "/api", id)),
        required(index, id + "/class", id),
        commands,
        groups,
        supplies(index, id),
        index.getProperty(id + "/fallback-identity"),
        directory == null ? List.of() : jars(index, id, directory.resolve(id).resolve(version)));
  }

  private static Map<String, List<String>> supplies(Properties index, String id) {
    Map<String, List<String>> supplies = new HashMap<>();
    for (String key : LISTS) {
      supplies.put(key, list(index.getProperty(id + "/" + key)));
    }
    return supplies;
  }

  private static List<PluginMetadata.Jar> jars(Properties index, String id, Path directory) {
    List<PluginMetadata.Jar> jars = new ArrayList<>();
    for (String name : list(required(index, id + "/jars", id))) {
      if (!isName(name) || !name.endsWith(".jar")) {
        throw new IllegalArgumentException("not the name of a jar: " + name);
      }
      String digest = index.getProperty(id + DIGEST + name, "").strip().toLowerCase(Locale.ROOT);
      jars.add(new PluginMetadata.Jar(directory.resolve(name), digest));
    }
    if (jars.isEmpty()) {
      throw new IllegalArgumentException("no jar is named");
    }
    return jars;
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

  private static String required(Properties properties, String key, String subject) {
    String value = properties.getProperty(key);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(subject + " does not say " + key);
    }
    return value;
  }

  private static List<String> list(@Nullable String text) {
    List<String> items = new ArrayList<>();
    // Splitting by a single character takes no regular expression.
    for (String item : text == null ? new String[0] : text.split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return items;
  }

  private static boolean isId(String id) {
    return isMadeOf(id, LETTERS, DIGITS + "-");
  }

  /** A name that is safe as a part of a path on every system. */
  private static boolean isName(String name) {
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
