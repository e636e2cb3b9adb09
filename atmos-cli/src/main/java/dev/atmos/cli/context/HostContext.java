package dev.atmos.cli.context;

import dev.atmos.cli.config.ConfigLoader;
import dev.atmos.cli.config.Configuration;
import dev.atmos.cli.config.approval.TrustReview;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.trust.ProtectedSettings;
import dev.atmos.cli.config.trust.TrustPorts;
import dev.atmos.cli.host.PluginHost;
import dev.atmos.cli.host.PluginIndex;
import dev.atmos.cli.host.SectionSchemas;
import dev.atmos.cli.port.Installation;
import dev.atmos.cli.port.OperatingSystem;
import dev.atmos.cli.port.SystemPorts;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.Services;
import dev.atmos.services.audit.AuditLog;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigSelection;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.kind.KindRegistry;
import dev.atmos.services.policy.Policy;
import dev.atmos.services.system.ClockSkew;
import dev.atmos.services.system.GenericCredentials;
import dev.atmos.services.system.InteractiveTerminal;
import dev.atmos.services.system.Launcher;
import dev.atmos.services.system.Locks;
import dev.atmos.services.system.ParallelTasks;
import dev.atmos.services.system.ProcessControl;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.Sleeper;
import dev.atmos.services.system.UserFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What plugins are given: everything is made when it is first asked for. Safe for use by several
 * threads once the command runs.
 */
public final class HostContext implements Services {
  private final SystemPorts ports;
  private final StreamConsole console;
  private final PluginHost host;
  private final ConfiguredEnvironment environment;
  private final Map<Class<?>, Object> services = new HashMap<>();
  private final Set<String> sections = new HashSet<>();
  private final Governance governance;
  private Directories directories;
  private ConfigOptions options = ConfigOptions.NONE;
  private @Nullable ConfigLoader loader;
  private @Nullable ConfigMap config;
  private @Nullable ProxyNetwork network;
  private volatile @Nullable ClockSkew skew;
  private boolean skewSaid;

  /** A context in which nothing has been made yet. */
  public HostContext(SystemPorts ports, StreamConsole console, PluginHost host) {
    this.ports = ports;
    this.console = console;
    this.host = host;
    this.directories = ports.directories();
    this.environment = new ConfiguredEnvironment(ports.environment(), this);
    this.governance = new Governance(ports, this);
    host.governBy(this);
    console.context(this);
  }

  /**
   * The host behind the context that its own plugin is given.
   *
   * @throws IllegalArgumentException if the context isn't the host's
   */
  public static HostContext of(PluginContext context) {
    if (context instanceof HostContext host) {
      return host;
    }
    throw new IllegalArgumentException("not the context of the host");
  }

  /** Takes the configuration's options of the command line. */
  public void options(ConfigOptions given) {
    options = given;
  }

  /** Takes variables of the command line, which go before those of the process. */
  public void variables(Map<String, String> given) {
    environment.variables(given);
  }

  /**
   * Changes to the directory that {@code --chdir} or {@code ATMOS_CHDIR} names.
   *
   * @param option the value of {@code --chdir}; null where it isn't given
   * @return whether one of them is given
   */
  public boolean chdir(@Nullable String option) {
    Directories chosen = ChdirDirectories.chosen(option, ports);
    if (chosen != null) {
      directories = chosen;
    }
    return chosen != null;
  }

  // For the program's own commands.

  /** From now on, a policy that can't be used is none: the command is one that always runs. */
  public void toleratePolicy() {
    governance.toleratePolicy();
  }

  /** The operating system below. */
  public OperatingSystem operatingSystem() {
    return ports.operatingSystem();
  }

  /** How the program is installed. */
  public Installation installation() {
    return ports.installation();
  }

  /** What others can change of the installed plugins; null if they can't. */
  public @Nullable UnsafePlace unsafePlugins() {
    Optional<Path> data = directories.data();
    return data.isEmpty()
        ? null
        : PluginIndex.problem(
            PluginIndex.file(data.get()), ports.files(), ports.operatingSystem().safePlaces());
  }

  /** The whole configuration, and how it comes about. Nothing is read yet. */
  public synchronized Configuration configuration() {
    return loader().explain(options);
  }

  /** What the search has passed over, and the settings that don't count. */
  public List<ConfigProblem> leftOut() {
    // A variable's setting is judged where it is asked for.
    environment().get(ConfiguredEnvironment.KEYRING);
    return trust().leftOut();
  }

  /** What the configuration asks for that needs the user's trust. Nothing is read yet. */
  public TrustReview trustReview() {
    return new TrustReview(trustPorts(), ports.privateFiles(), options);
  }

  private TrustPorts trustPorts() {
    return new TrustPorts(
        directories,
        ports.environment(),
        ports.files(),
        ports.operatingSystem().safePlaces(),
        host::isBuiltIn,
        policy().orElse(null));
  }

  /** What the sections of the configuration may hold. No plugin is loaded yet. */
  public SectionSchemas sectionSchemas() {
    return new SectionSchemas(host, this, console::say);
  }

  // For every plugin.

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
    ClockSkew known = skew;
    return known == null ? ports.clock() : known.corrected(ports.clock());
  }

  @Override
  public CommandConsole console() {
    return console;
  }

  @Override
  public ReadOnlyFiles files() {
    return ports.files();
  }

  @Override
  public PrivateFiles privateFiles() {
    return ports.privateFiles();
  }

  @Override
  public ProcessControl processes() {
    return ports.operatingSystem().processes();
  }

  @Override
  public InteractiveTerminal terminal() {
    return ports.terminal();
  }

  @Override
  public synchronized ProxyNetwork network() {
    if (network == null) {
      network = ports.operatingSystem().network(ports.environment(), directories, ports.files());
    }
    return network;
  }

  @Override
  public Optional<Definition> config(String section) {
    Optional<ConfigMap> map = configMap(section);
    Schema schema = map.isEmpty() ? null : sectionSchemas().find(section);
    if (schema != null) {
      ProtectedSettings.require(schema, map.get(), section, trust());
    }
    return map.isEmpty() ? Optional.empty() : Optional.of(definition(section, map.get()));
  }

  Definition definition(String name, ConfigMap fields) {
    return new ConfigDefinition(
        name, fields, new ConfigDefinition.ConfigContext(trust(), this, null));
  }

  @Override
  public synchronized <T> T service(Class<T> type) {
    Object service = services.get(type);
    if (service == null) {
      service = type == DataFormats.class ? new DataWriters() : host.service(type, this);
      services.put(type, service);
    }
    return type.cast(service);
  }

  // For built-in plugins.

  @Override
  public Locks locks() {
    return ports.operatingSystem().locks();
  }

  @Override
  public Sleeper sleeper() {
    return ports.operatingSystem().sleeper();
  }

  @Override
  public Clock localClock() {
    return ports.clock();
  }

  @Override
  public ZoneOffset offsetAt(Instant time) {
    return ports.operatingSystem().offsetAt(time);
  }

  @Override
  public Optional<ClockSkew> clockSkew() {
    return Optional.ofNullable(skew);
  }

  @Override
  public synchronized void correctClock(@Nullable ClockSkew known) {
    skew = known;
    if (known != null && !skewSaid) {
      skewSaid = true;
      console.say("atmos: " + ClockSkew.sentence(known.ahead()) + ", which counts; set the clock");
    }
  }

  @Override
  public ParallelTasks tasks() {
    return ports.operatingSystem().tasks();
  }

  @Override
  public UserFiles userFiles() {
    return ports.operatingSystem().userFiles();
  }

  @Override
  public Optional<GenericCredentials> genericCredentials() {
    return ports.operatingSystem().genericCredentials();
  }

  @Override
  public synchronized Optional<ConfigMap> configMap(String section) {
    ConfigMap loaded = config;
    if (loaded == null || !(sections.contains(section) || ConfigLoader.always(section))) {
      // Most commands need one section, and parsing the rest of a long file takes time.
      sections.add(section);
      loaded = loader().load(options, sections);
      config = loaded;
      LogLevel level =
          console.isLevelSet() ? null : LogLevel.configured(loaded.map("logs").orElse(null));
      if (level != null) {
        console.level(level);
      }
    }
    return loaded.map(section);
  }

  @Override
  public synchronized TrustPolicy trust() {
    return loader().trust();
  }

  @Override
  public synchronized Optional<Policy> policy() {
    return governance.policy();
  }

  @Override
  public synchronized Optional<AuditLog> audit() {
    return governance.audit();
  }

  @Override
  public KindRegistry kinds() {
    return host;
  }

  @Override
  public synchronized ConfigSelection configSelection() {
    return new SynchronizedSelection(loader().selection(options), this);
  }

  @Override
  public Launcher launcher() {
    return new InstalledLauncher(ports.installation(), processes(), files());
  }

  @Override
  public Services with(Map<String, String> variables) {
    Environment all =
        name -> {
          String value = variables.get(name);
          return value == null ? ports.environment().get(name) : Optional.of(value);
        };
    return new HostContext(ports.withEnvironment(all), console, host);
  }

  /**
   * Names the file that was passed over because of its owner, where a name or a section wasn't
   * found, which is the cause of the failure then: it may be in there.
   */
  public synchronized AtmosException withSkipped(AtmosException failure) {
    ConfigMap loaded = config;
    boolean unknown = failure.getCause() instanceof NoSuchElementException;
    boolean noSection = loaded != null && loaded.map("auth").isEmpty();
    if (loader == null
        || (!unknown && !(noSection && failure.exitCode() == ExitCode.SIGN_IN_REQUIRED))) {
      return failure;
    }
    for (ConfigProblem problem : loader.trust().leftOut()) {
      if (problem.position() == null) {
        String skipped = problem.sentence() + "; " + problem.hint();
        return new AtmosException(
            failure.exitCode(),
            failure.sentence(),
            failure.hint().map(hint -> hint + "; " + skipped).orElse(skipped),
            failure.getCause());
      }
    }
    return failure;
  }

  private ConfigLoader loader() {
    if (loader == null) {
      loader = new ConfigLoader(trustPorts(), ports.commands());
    }
    return loader;
  }
}
