package dev.atmos.plugin.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.base.ApiVersion;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.kind.KindType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What every plugin must do, so that its metadata can be trusted without its code. A plugin's tests
 * extend this class.
 */
public abstract class PluginContract {

  /** The options that atmos adds to every command; a plugin's command can't declare them. */
  protected static final Set<String> RESERVED_OPTIONS =
      Set.of(
          "-h",
          "--help",
          "-C",
          "--chdir",
          "--config",
          "--config-path",
          "--base-path",
          "--profile",
          "--logs-level");

  private static final Set<String> HELP_OPTIONS = Set.of("-h", "--help");
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "version",
          "api",
          "class",
          "providers",
          "identities",
          "integrations",
          "stores",
          "sections");
  private static final Set<String> BUILT_IN_KEYS = Set.of("services", "fallback-identity");

  /** The plugin under test. */
  protected abstract Plugin plugin();

  /** What its commands and kinds are made with; a new one for each call. */
  protected FakeContext context() {
    return new FakeContext();
  }

  /** The sections of the configuration that it reads. */
  protected List<ConfigSection> sections(Plugin plugin) {
    return plugin.sections();
  }

  /** Whether it is a part of atmos, which may do more. Plugins leave this as it is. */
  protected boolean isBuiltIn() {
    return false;
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
  final void metadata_withOtherKeys_isMistyped() throws IOException {
    for (String key : metadata(plugin()).stringPropertyNames()) {
      boolean command = key.startsWith("command.") || key.startsWith("group.");
      assertTrue(
          command || KEYS.contains(key) || (isBuiltIn() && BUILT_IN_KEYS.contains(key)),
          "no key of the metadata: " + key);
    }
  }

  @Test
  final void everyCommand_onFakes_rendersItsHelpAndRuns() {
    for (PluginCommand command : plugin().commands()) {
      FakeContext context = context();
      Object made = command.factory().apply(context);
      assertUntouched(context, command.path());
      CommandSpec spec = new CommandLine(made).getCommandSpec();
      check(spec, command.path());
      assertTrue(
          spec.userObject() instanceof Callable || spec.userObject() instanceof Runnable,
          command.path() + " is a Callable<Integer> or a Runnable");
    }
  }

  private void check(CommandSpec spec, String path) {
    assertFalse(spec.commandLine().getUsageMessage().isBlank(), path);
    for (OptionSpec option : spec.options()) {
      for (String name : option.names()) {
        boolean help = option.usageHelp() && HELP_OPTIONS.contains(name);
        assertTrue(
            help || isBuiltIn() || !RESERVED_OPTIONS.contains(name),
            path + " declares the option " + name + ", which every command has already");
      }
    }
    spec.subcommands().forEach((name, below) -> check(below.getCommandSpec(), path + " " + name));
  }

  @Test
  final void everyKind_onFakes_describesItself() {
    for (KindType type : kinds()) {
      FakeContext context = context();
      Schema schema = type.schema();
      assertSame(Schema.Type.OBJECT, schema.type(), type.kind());
      assertFalse(schema.description().isBlank(), type.kind());
      assertNotNull(type.describe(example(type)), type.kind());
      assertNotNull(type.describe(FakeDefinition.of("incomplete", Map.of())), type.kind());
      assertNotNull(type.unavailable(context), type.kind());
      if (type instanceof IdentityType identity) {
        assertNotNull(identity.accepts(), type.kind());
      }
      if (type instanceof ProviderType provider) {
        assertNotNull(provider.grants(), type.kind());
      }
      assertUntouched(context, type.kind());
    }
  }

  @Test
  final void everyKind_onFakes_isMadeWithoutEffects() {
    for (KindType type : kinds()) {
      for (FakeDefinition definition :
          List.of(example(type), FakeDefinition.of("incomplete", Map.of("kind", type.kind())))) {
        FakeContext context = context();
        try {
          assertNotNull(create(type, definition, context), type.kind());
        } catch (AtmosException e) {
          assertFalse(e.sentence().isBlank(), type.kind());
        }
        assertUntouched(context, type.kind());
      }
    }
  }

  private static Object create(KindType type, Definition definition, PluginContext context) {
    if (type instanceof IdentityType identity) {
      return identity.create(definition, context);
    }
    if (type instanceof ProviderType provider) {
      return provider.create(definition, context);
    }
    if (type instanceof IntegrationType integration) {
      return integration.create(definition, context);
    }
    return ((CredentialStoreType) type).create(definition, context);
  }

  private List<KindType> kinds() {
    List<KindType> kinds = new ArrayList<>(plugin().providers());
    kinds.addAll(plugin().identities());
    kinds.addAll(plugin().integrations());
    kinds.addAll(plugin().stores());
    return kinds;
  }

  private static FakeDefinition example(KindType type) {
    Map<String, Object> tree = FakeSchemas.example(type.schema());
    tree.put("kind", type.kind());
    return FakeDefinition.of("example", tree);
  }

  private static void assertUntouched(FakeContext context, String subject) {
    assertEquals(List.of(), context.processes().runs(), subject + " runs nothing");
    assertEquals(List.of(), context.network().asked(), subject + " sends nothing");
    assertEquals("", context.console().answered(), subject + " prints nothing");
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
