package dev.atmos.cli;

import dev.atmos.cli.config.ConfigLoader;
import dev.atmos.cli.host.PluginHost;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.IdentityTypes;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.io.Console;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.FileReader;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What plugins are given: everything is made when it is first asked for. */
final class HostContext implements PluginContext {
  private final World world;
  private final StreamConsole console;
  private final PluginHost host;
  private final Map<Class<?>, Object> services = new HashMap<>();
  private List<String> configFiles = List.of();
  private @Nullable ConfigMap config;
  private @Nullable String onlySection;

  HostContext(World world, StreamConsole console, PluginHost host) {
    this.world = world;
    this.console = console;
    this.host = host;
  }

  /** What {@code --config} said. */
  void configFiles(List<String> files) {
    configFiles = files;
  }

  @Override
  public Environment environment() {
    return world.environment();
  }

  @Override
  public Directories directories() {
    return world.directories();
  }

  @Override
  public Clock clock() {
    return world.clock();
  }

  @Override
  public Console console() {
    return console;
  }

  @Override
  public FileReader files() {
    return world.files();
  }

  @Override
  public Optional<ConfigMap> config(String section) {
    ConfigMap sections = config;
    if (sections == null) {
      // Most commands need one section, and parsing the rest of a long file takes time.
      sections = loader().load(configFiles, Set.of(section));
      onlySection = section;
      config = sections;
    } else if (onlySection != null && !onlySection.equals(section)) {
      sections = loader().load(configFiles);
      onlySection = null;
      config = sections;
    }
    return sections.map(section);
  }

  private ConfigLoader loader() {
    return new ConfigLoader(world.directories(), world.environment(), world.files());
  }

  @Override
  public <T> T service(Class<T> type) {
    if (type == IdentityTypes.class) {
      return type.cast(host);
    }
    if (type == Installation.class) {
      return type.cast(world.installation());
    }
    Object service = services.get(type);
    if (service == null) {
      service = host.service(type, this);
      services.put(type, service);
    }
    return type.cast(service);
  }
}
