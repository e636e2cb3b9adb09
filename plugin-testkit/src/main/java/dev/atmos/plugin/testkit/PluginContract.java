package dev.atmos.plugin.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.base.ApiVersion;
import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.KindType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * What every plugin must do, so that its metadata can be trusted without its code. A plugin's tests
 * extend this class.
 */
public abstract class PluginContract {

  /** The plugin under test. */
  protected abstract Plugin plugin();

  /** What its commands are made with. */
  protected PluginContext context() {
    return new FakeContext();
  }

  /** The sections of the configuration that it reads. */
  protected List<ConfigSection> sections(Plugin plugin) {
    return plugin.sections();
  }

  @Test
  final void metadata_versusCode_isEqual() throws IOException {
    Plugin plugin = plugin();
    Properties metadata = metadata(plugin);
    assertEquals(plugin.getClass().getName(), metadata.getProperty("class"));
    assertTrue(
        ApiVersion.CURRENT.supports(ApiVersion.parse(metadata.getProperty("api", ""))),
        "api is one that this testkit's API supports");
    assertEquals(commandPaths(metadata), paths(plugin.commands()));
    assertEquals(words(metadata, "providers"), kinds(plugin.providers()));
    assertEquals(words(metadata, "identities"), kinds(plugin.identities()));
    assertEquals(words(metadata, "integrations"), kinds(plugin.integrations()));
    Set<String> stores = kinds(plugin.stores());
    for (String store : stores) {
      assertTrue(store.matches("[a-z][a-z0-9-]*"), store);
    }
    assertEquals(words(metadata, "stores"), stores);
    TreeSet<String> sections = new TreeSet<>();
    for (ConfigSection section : sections(plugin)) {
      assertTrue(sections.add(section.name()), section.name() + " is there once");
      assertFalse(section.schema().get().description().isBlank(), section.name());
    }
    assertEquals(words(metadata, "sections"), sections);
  }

  @Test
  final void metadata_idAndVersion_areThere() throws IOException {
    Properties metadata = metadata(plugin());
    assertTrue(metadata.getProperty("id", "").matches("[a-z][a-z0-9-]*"), "id");
    assertTrue(
        metadata.getProperty("version", "").matches("[0-9A-Za-z][0-9A-Za-z.+-]*"), "version");
  }

  @Test
  final void metadata_everyCommandAndGroup_hasAOneLineSummary() throws IOException {
    Properties metadata = metadata(plugin());
    for (String key : metadata.stringPropertyNames()) {
      if (key.startsWith("command.") || key.startsWith("group.")) {
        String summary = metadata.getProperty(key);
        assertFalse(summary.isBlank() || summary.contains("\n"), key + " is one line");
      }
    }
  }

  @Test
  final void serviceFile_namesThePlugin() throws IOException {
    Plugin plugin = plugin();
    String resource = "META-INF/services/" + Plugin.class.getName();
    boolean found = false;
    for (var url : Collections.list(loader(plugin).getResources(resource))) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
        found |= lines.lines().anyMatch(plugin.getClass().getName()::equals);
      }
    }
    assertTrue(found, "a file " + resource + " names " + plugin.getClass().getName());
  }

  @Test
  final void everyCommand_onFakes_rendersItsHelp() {
    for (PluginCommand command : plugin().commands()) {
      CommandLine commandLine = new CommandLine(command.factory().apply(context()));
      assertFalse(commandLine.getUsageMessage().isBlank(), command.path());
    }
  }

  private static Set<String> kinds(List<? extends KindType> types) {
    TreeSet<String> kinds = new TreeSet<>();
    for (KindType type : types) {
      assertTrue(kinds.add(type.kind()), type.kind() + " is there once");
    }
    return kinds;
  }

  private static Set<String> paths(List<PluginCommand> commands) {
    TreeSet<String> paths = new TreeSet<>();
    for (PluginCommand command : commands) {
      paths.add(command.path());
    }
    return paths;
  }

  private static Set<String> commandPaths(Properties metadata) {
    TreeSet<String> paths = new TreeSet<>();
    for (String key : metadata.stringPropertyNames()) {
      if (key.startsWith("command.")) {
        paths.add(key.substring("command.".length()).replace('.', ' '));
      }
    }
    return paths;
  }

  /** The words of a key of the metadata, which commas separate. */
  protected static Set<String> words(Properties metadata, String key) {
    TreeSet<String> words = new TreeSet<>(Arrays.asList(metadata.getProperty(key, "").split(",")));
    words.remove("");
    return words;
  }

  /**
   * The metadata whose {@code class} is the plugin: the class path of a test may have that of
   * several plugins.
   */
  protected static Properties metadata(Plugin plugin) throws IOException {
    for (var url :
        Collections.list(loader(plugin).getResources("META-INF/atmos/plugin.properties"))) {
      Properties properties = new Properties();
      try (InputStream in = url.openStream()) {
        properties.load(in);
      }
      if (plugin.getClass().getName().equals(properties.getProperty("class"))) {
        return properties;
      }
    }
    throw new AssertionError(
        "no META-INF/atmos/plugin.properties says class=" + plugin.getClass().getName());
  }

  private static ClassLoader loader(Plugin plugin) {
    return plugin.getClass().getClassLoader();
  }
}
