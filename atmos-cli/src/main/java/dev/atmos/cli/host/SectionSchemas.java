package dev.atmos.cli.host;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.ServicePlugin;
import dev.atmos.services.Services;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the top-level sections of the configuration may hold, as the plugins that read them say. A
 * plugin is loaded when one of its sections is asked for. Where a third party's plugin can't be
 * asked, because it is broken, outdated or missing, its sections may hold {@linkplain
 * Schema#anything anything}, and all of that counts as a command and as a secret. No other section
 * is affected.
 */
public final class SectionSchemas {
  private static final String KEY = "sections";

  private final PluginHost host;
  private final Services services;
  private final Consumer<String> problems;
  private final Set<PluginMetadata> reported = new HashSet<>();

  /**
   * @param problems is given one line for each plugin that can't be asked
   */
  public SectionSchemas(PluginHost host, Services services, Consumer<String> problems) {
    this.host = host;
    this.services = services;
    this.problems = problems;
  }

  /** What a section may hold; null where no plugin reads it. */
  public @Nullable Schema find(String section) {
    PluginMetadata plugin = host.supplier(KEY, section);
    return plugin == null ? null : schema(plugin, section);
  }

  /** All sections that plugins read, those of built-in plugins first. */
  public Map<String, Schema> all() {
    Map<String, Schema> all = new LinkedHashMap<>();
    for (PluginMetadata plugin : host.all()) {
      for (String section : plugin.names(KEY)) {
        all.computeIfAbsent(section, name -> schema(plugin, name));
      }
    }
    return all;
  }

  private Schema schema(PluginMetadata plugin, String name) {
    try {
      return host.loader()
          .ask(plugin, "its sections", () -> schema(plugin, host.loader().load(plugin), name));
    } catch (AtmosException e) {
      if (plugin.builtIn()) {
        throw e;
      }
      if (reported.add(plugin)) {
        problems.accept(
            "atmos: " + e.sentence() + "; what its section '" + name + "' may hold is unknown");
      }
      return Schema.anything("A section of " + plugin + ", which can't be asked about it.")
          .withSecrecy();
    }
  }

  private Schema schema(PluginMetadata plugin, Plugin code, String name) {
    List<ConfigSection> sections =
        code instanceof ServicePlugin own ? own.sections(services) : code.sections();
    for (ConfigSection section : sections) {
      if (section.name().equals(name)) {
        return given(section.schema().get(), name);
      }
    }
    throw new AtmosException(
        ExitCode.PLUGIN, plugin + " does not have the section that it names: " + name);
  }

  /** A plugin's code may return null, whatever its signature says. */
  private static Schema given(@Nullable Schema schema, String section) {
    if (schema == null) {
      throw new IllegalStateException("the schema of section " + section + " is null");
    }
    return schema;
  }
}
