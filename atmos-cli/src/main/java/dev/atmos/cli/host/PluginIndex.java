package dev.atmos.cli.host;

import dev.atmos.cli.port.SafePlaces;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.text.TerminalText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
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
    String id = PluginMetadata.required(metadata, "id", "plugin.properties");
    Properties added = new Properties();
    for (String key : metadata.stringPropertyNames()) {
      if (!key.equals("id")) {
        added.setProperty(id + "/" + key, metadata.getProperty(key));
      }
    }
    checked(added, id, List.of());
    String ids = index.getProperty("plugins", "");
    if (PluginMetadata.list(ids).contains(id)) {
      throw new IllegalArgumentException("there are two plugins of the id " + id);
    }
    index.putAll(added);
    index.setProperty("plugins", ids.isEmpty() ? id : ids + "," + id);
  }

  /**
   * The index of the plugins that are a part of the program. The build has checked them, and most
   * of what it says isn't read in a run.
   */
  public static PluginIndex builtIn(Properties index) {
    List<PluginMetadata> plugins = new ArrayList<>();
    for (String id : PluginMetadata.list(index.getProperty("plugins"))) {
      plugins.add(new PluginMetadata(index, id, List.of()));
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
    for (String id : PluginMetadata.list(index.getProperty("plugins"))) {
      try {
        plugins.add(checked(index, id, jars(index, id, directory)));
      } catch (IllegalArgumentException e) {
        problems.accept("plugin " + id + ": " + e.getMessage());
      }
    }
    return new PluginIndex(plugins, null);
  }

  /** The metadata of a third party's plugin, which has to be right. */
  private static PluginMetadata checked(
      Properties index, String id, List<PluginMetadata.Jar> jars) {
    PluginMetadata plugin = new PluginMetadata(index, id, jars);
    plugin.check();
    return plugin;
  }

  private static List<PluginMetadata.Jar> jars(Properties index, String id, Path directory) {
    PluginMetadata.checkId(id);
    Path place = directory.resolve(id).resolve(PluginMetadata.version(index, id));
    List<PluginMetadata.Jar> jars = new ArrayList<>();
    for (String name : PluginMetadata.list(PluginMetadata.required(index, id + "/jars", id))) {
      if (!PluginMetadata.isName(name) || !name.endsWith(".jar")) {
        throw new IllegalArgumentException("not the name of a jar: " + name);
      }
      String digest = index.getProperty(id + DIGEST + name, "").strip().toLowerCase(Locale.ROOT);
      jars.add(new PluginMetadata.Jar(place.resolve(name), digest));
    }
    if (jars.isEmpty()) {
      throw new IllegalArgumentException("no jar is named");
    }
    return jars;
  }
}
