package dev.atmos.plugin.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atmos.plugin.base.ApiVersion;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.Plugin;
import dev.atmos.services.Service;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.config.Section;
import dev.atmos.plugin.integration.IntegrationType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * What every plugin has to keep, so that its metadata can be trusted without its code. A plugin's
 * tests extend this class.
 */
public abstract class PluginContract {

  /** The plugin under test. */
  protected abstract Plugin plugin();

  @Test
  final void metadata_versusCode_isEqual() throws IOException {
    Plugin plugin = plugin();
    Properties metadata = metadata(plugin);
    assertEquals(plugin.getClass().getName(), metadata.getProperty("class"));
    assertTrue(
        ApiVersion.CURRENT.supports(ApiVersion.parse(metadata.getProperty("api", ""))),
        "api is one that this testkit's API supports");
    assertEquals(commandPaths(metadata), paths(plugin.commands()));
    TreeSet<String> providers = new TreeSet<>();
    for (ProviderType provider : plugin.providers()) {
      assertTrue(providers.add(provider.kind()), provider.kind() + " is there once");
    }
    assertEquals(words(metadata, "providers"), providers);
    TreeSet<String> kinds = new TreeSet<>();
    for (IdentityType identity : plugin.identities()) {
      assertTrue(kinds.add(identity.kind()), identity.kind() + " is there once");
    }
    assertEquals(words(metadata, "identities"), kinds);
    TreeSet<String> stores = new TreeSet<>();
    for (CredentialStoreType store : plugin.stores()) {
      assertTrue(store.name().matches("[a-z][a-z0-9-]*"), store.name());
      assertTrue(stores.add(store.name()), store.name() + " is there once");
    }
    assertEquals(words(metadata, "stores"), stores);
    TreeSet<String> integrations = new TreeSet<>();
    for (IntegrationType integration : plugin.integrations()) {
      assertTrue(integrations.add(integration.kind()), integration.kind() + " is there once");
    }
    assertEquals(words(metadata, "integrations"), integrations);
    TreeSet<String> sections = new TreeSet<>();
    for (Section section : plugin.sections()) {
      assertTrue(sections.add(section.name()), section.name() + " is there once");
      assertFalse(section.shape().get().description().isBlank(), section.name());
    }
    assertEquals(words(metadata, "sections"), sections);
    TreeSet<String> services = new TreeSet<>();
    for (Service<?> service : plugin.services()) {
      services.add(service.type().getName());
    }
    assertEquals(words(metadata, "services"), services);
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
    for (var url : java.util.Collections.list(loader(plugin).getResources(resource))) {
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
      CommandLine commandLine = new CommandLine(command.factory().apply(new FakeContext()));
      assertFalse(commandLine.getUsageMessage().isBlank(), command.path());
    }
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

  private static Set<String> words(Properties metadata, String key) {
    TreeSet<String> words = new TreeSet<>(Arrays.asList(metadata.getProperty(key, "").split(",")));
    words.remove("");
    return words;
  }

  /** The metadata whose {@code class} is the plugin: the class path of a test may hold several. */
  private static Properties metadata(Plugin plugin) throws IOException {
    for (var url :
        java.util.Collections.list(
            loader(plugin).getResources("META-INF/atmos/plugin.properties"))) {
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
