package dev.atmos.plugin.testkit;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.services.system.ParallelTasks;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link PluginContext} made of fakes: no variables, an empty Unix file system in memory, no
 * configuration, no services, and the time 2025-01-15T12:00:00Z, unless a test says otherwise.
 */
public final class FakeContext implements PluginContext {
  private final FakeEnvironment environment = new FakeEnvironment();
  private final FakeConsole console = new FakeConsole();
  private final FakeFiles directories;
  private final ReadOnlyFiles files = new PathFileReader();
  private final Map<Class<?>, Object> services = new HashMap<>();
  private final PrivateFiles privateFiles = new PathPrivateFiles();
  private final FakeLocks locks = new FakeLocks();
  private final FakeProcesses processes = new FakeProcesses();
  private final FakeTerminal terminal = new FakeTerminal();
  private final ParallelTasks tasks = new SequentialTasks();
  private final FakeNetwork network = new FakeNetwork();
  private FakeClock clock = new FakeClock(Instant.parse("2025-01-15T12:00:00Z"));
  private FakePauses pauses = new FakePauses(clock);
  private ConfigMap config =
      new ConfigMap(Map.of(), new Position(new Source("atmos.yaml", ""), 1, 1));

  /** On an empty Unix file system. */
  public FakeContext() {
    this(FakeFiles.unix());
  }

  /** On that file system. */
  public FakeContext(FakeFiles directories) {
    this.directories = directories;
  }

  /** Stops the clock at an instant, written as {@code 2025-01-15T12:00:00Z}. */
  public FakeContext at(String instant) {
    clock = new FakeClock(Instant.parse(instant));
    pauses = new FakePauses(clock);
    return this;
  }

  /** Gives it that configuration. */
  public FakeContext withConfig(ConfigMap root) {
    config = root;
    return this;
  }

  /** Gives it that service. */
  public <T> FakeContext withService(Class<T> type, T service) {
    services.put(type, service);
    return this;
  }

  @Override
  public FakeEnvironment environment() {
    return environment;
  }

  @Override
  public FakeFiles directories() {
    return directories;
  }

  @Override
  public FakeClock clock() {
    return clock;
  }

  @Override
  public FakeConsole console() {
    return console;
  }

  @Override
  public ReadOnlyFiles files() {
    return files;
  }

  @Override
  public PrivateFiles privateFiles() {
    return privateFiles;
  }

  @Override
  public FakeLocks locks() {
    return locks;
  }

  @Override
  public FakeProcesses processes() {
    return processes;
  }

  @Override
  public FakeTerminal terminal() {
    return terminal;
  }

  @Override
  public FakePauses pauses() {
    return pauses;
  }

  @Override
  public ParallelTasks tasks() {
    return tasks;
  }

  @Override
  public FakeNetwork network() {
    return network;
  }

  @Override
  public Optional<ConfigMap> config(String section) {
    return config.map(section);
  }

  @Override
  public <T> T service(Class<T> type) {
    Object service = services.get(type);
    if (service == null) {
      throw new AtmosException(ExitCode.PLUGIN, "no plugin supplies " + type.getName());
    }
    return type.cast(service);
  }
}
