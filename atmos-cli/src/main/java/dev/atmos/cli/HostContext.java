package dev.atmos.cli;

import dev.atmos.cli.config.ConfigLoader;
import dev.atmos.cli.config.ConfigOptions;
import dev.atmos.cli.config.Configuration;
import dev.atmos.cli.config.TrustReview;
import dev.atmos.cli.host.PluginHost;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.Network;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.plugin.io.Terminal;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigSelection;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.kind.CredentialStoreTypes;
import dev.atmos.services.kind.IdentityTypes;
import dev.atmos.services.kind.IntegrationTypes;
import dev.atmos.services.kind.ProviderTypes;
import dev.atmos.services.system.Launcher;
import dev.atmos.services.system.Locks;
import dev.atmos.services.system.ParallelTasks;
import dev.atmos.services.system.Sleeper;
import dev.atmos.services.system.UserFiles;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What plugins are given: everything is made when it is first asked for. Safe for use by several
 * threads once the command runs.
 */
final class HostContext implements Services {
  private final World world;
  private final StreamConsole console;
  private final PluginHost host;
  private final Environment environment;
  private final Map<Class<?>, Object> services = new HashMap<>();
  private final Set<String> sections = new HashSet<>();
  private Directories directories;
  private ConfigOptions options = ConfigOptions.NONE;
  private @Nullable ConfigLoader loader;
  private @Nullable ConfigMap config;
  private @Nullable Network network;

  HostContext(World world, StreamConsole console, PluginHost host) {
    this.world = world;
    this.console = console;
    this.host = host;
    this.directories = world.directories();
    this.environment = new ConfiguredEnvironment(world.environment(), this);
  }

  /** What the command line says of the configuration. */
  void options(ConfigOptions given) {
    options = given;
  }

  /** Goes to another directory. */
  void directories(Directories changed) {
    directories = changed;
  }

  @Override
  public Environment environment() {
    return environment;
  }

  @Override
  public Directories directories() {
    return directories;
  }

  @Override
  public Clock clock() {
    return world.clock();
  }

  @Override
  public CommandConsole console() {
    return console;
  }

  @Override
  public ReadOnlyFiles files() {
    return world.files();
  }

  @Override
  public PrivateFiles privateFiles() {
    return world.privateFiles();
  }

  @Override
  public Locks locks() {
    return world.machine().locks();
  }

  @Override
  public Processes processes() {
    return world.machine().processes();
  }

  @Override
  public Terminal terminal() {
    return world.terminal();
  }

  @Override
  public Sleeper pauses() {
    return world.machine().sleeper();
  }

  @Override
  public ParallelTasks tasks() {
    return world.machine().tasks();
  }

  @Override
  public synchronized Network network() {
    Network known = network;
    if (known == null) {
      known = world.machine().network(world.environment(), directories, world.files());
      network = known;
    }
    return known;
  }

  @Override
  public synchronized Optional<ConfigMap> config(String section) {
    ConfigMap loaded = config;
    if (loaded == null || !(sections.contains(section) || ConfigLoader.always(section))) {
      // Most commands need one section, and parsing the rest of a long file takes time.
      sections.add(section);
      loaded = loader().load(options, sections);
      config = loaded;
      setLogLevel(loaded);
    }
    return loaded.map(section);
  }

  private void setLogLevel(ConfigMap loaded) {
    if (console.isLevelSaid()) {
      return;
    }
    Optional<ConfigMap> logs = loaded.map("logs");
    Optional<String> name = logs.isPresent() ? logs.get().text("level") : Optional.empty();
    if (logs.isPresent() && name.isPresent() && !name.get().isEmpty()) {
      Optional<LogLevel> level = LogLevel.of(name.get());
      if (level.isEmpty()) {
        throw logs.get()
            .positionOf("level")
            .error("'level' must be Trace, Debug, Info, Warning, Error or Off");
      }
      console.configuredLevel(level.get());
    }
  }

  private ConfigLoader loader() {
    ConfigLoader known = loader;
    if (known == null) {
      known = new ConfigLoader(directories, world.environment(), world.files(), world.commands());
      loader = known;
    }
    return known;
  }

  @Override
  public synchronized <T> T service(Class<T> type) {
    if (type == IdentityTypes.class
        || type == ProviderTypes.class
        || type == CredentialStoreTypes.class
        || type == PluginHost.class) {
      return type.cast(host);
    }
    if (type == Installation.class) {
      return type.cast(world.installation());
    }
    if (type == World.class) {
      return type.cast(world);
    }
    Object service = services.get(type);
    if (service == null) {
      service = make(type);
      services.put(type, service);
    }
    return type.cast(service);
  }

  private Object make(Class<?> type) {
    if (type == TrustPolicy.class) {
      return loader().trust();
    }
    if (type == TrustReview.class) {
      return loader().review(options, world.privateFiles());
    }
    if (type == Configuration.class) {
      return loader().explain(options);
    }
    if (type == UserFiles.class) {
      return world.machine().userFiles();
    }
    if (type == DataFormats.class) {
      return new TextFormats();
    }
    if (type == IntegrationTypes.class) {
      return host.integrationTypes();
    }
    if (type == ConfigSelection.class) {
      ConfigSelection inForce = loader().inForce(options);
      // The loader is no place for two threads.
      return (ConfigSelection)
          () -> {
            synchronized (this) {
              return inForce.variables();
            }
          };
    }
    if (type == Launcher.class) {
      return new InstalledLauncher(world.installation(), processes(), files());
    }
    return host.service(type, this);
  }
}
