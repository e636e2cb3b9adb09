package dev.atmos.auth.store;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.Services;
import dev.atmos.services.audit.AuditLog;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigSelection;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.kind.KindRegistry;
import dev.atmos.services.policy.Policy;
import dev.atmos.services.system.ClockSkew;
import dev.atmos.services.system.InteractiveTerminal;
import dev.atmos.services.system.Launcher;
import dev.atmos.services.system.Locks;
import dev.atmos.services.system.ParallelTasks;
import dev.atmos.services.system.ProcessControl;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.Sleeper;
import dev.atmos.services.system.UserFiles;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Services without a user: a store that is given them can't ask for a password. */
final class NonInteractiveContext implements Services {
  private final Services services;
  private final InteractiveTerminal terminal = new UnattendedTerminal();

  /** The same services, with a terminal that can't be asked. */
  NonInteractiveContext(Services services) {
    this.services = services;
  }

  private static final class UnattendedTerminal implements InteractiveTerminal {}

  @Override
  public Environment environment() {
    return services.environment();
  }

  @Override
  public Directories directories() {
    return services.directories();
  }

  @Override
  public Clock clock() {
    return services.clock();
  }

  @Override
  public CommandConsole console() {
    return services.console();
  }

  @Override
  public ReadOnlyFiles files() {
    return services.files();
  }

  @Override
  public PrivateFiles privateFiles() {
    return services.privateFiles();
  }

  @Override
  public ProcessControl processes() {
    return services.processes();
  }

  @Override
  public InteractiveTerminal terminal() {
    return terminal;
  }

  @Override
  public ProxyNetwork network() {
    return services.network();
  }

  @Override
  public Optional<Definition> config(String section) {
    return services.config(section);
  }

  @Override
  public <T> T service(Class<T> type) {
    return services.service(type);
  }

  @Override
  public Locks locks() {
    return services.locks();
  }

  @Override
  public Sleeper sleeper() {
    return services.sleeper();
  }

  @Override
  public Clock localClock() {
    return services.localClock();
  }

  @Override
  public Optional<ClockSkew> clockSkew() {
    return services.clockSkew();
  }

  @Override
  public void correctClock(@Nullable ClockSkew skew) {
    services.correctClock(skew);
  }

  @Override
  public ParallelTasks tasks() {
    return services.tasks();
  }

  @Override
  public UserFiles userFiles() {
    return services.userFiles();
  }

  @Override
  public Optional<ConfigMap> configMap(String section) {
    return services.configMap(section);
  }

  @Override
  public TrustPolicy trust() {
    return services.trust();
  }

  @Override
  public Optional<Policy> policy() {
    return services.policy();
  }

  @Override
  public Optional<AuditLog> audit() {
    return services.audit();
  }

  @Override
  public KindRegistry kinds() {
    return services.kinds();
  }

  @Override
  public ConfigSelection configSelection() {
    return services.configSelection();
  }

  @Override
  public Launcher launcher() {
    return services.launcher();
  }

  @Override
  public Services with(Map<String, String> variables) {
    return new NonInteractiveContext(services.with(variables));
  }
}
