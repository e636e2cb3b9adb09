package dev.atmos.plugin.testkit;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.ReadOnlyFiles;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link PluginContext} made of fakes: no variables, an empty Unix file system in memory, no
 * configuration, no services, and the time 2025-01-15T12:00:00Z, unless a test sets something else.
 */
public class FakeContext implements PluginContext {
  private static final Instant START = Instant.parse("2025-01-15T12:00:00Z");

  private final FakeEnvironment environment = new FakeEnvironment();
  private final FakeConsole console = new FakeConsole();
  private final FakeFiles directories;
  private final ReadOnlyFiles files = new FakeReadOnlyFiles();
  private final PrivateFiles privateFiles = new FakePrivateFiles();
  private final FakeProcesses processes = new FakeProcesses();
  private final FakeTerminal terminal = new FakeTerminal();
  private final FakeNetwork network = new FakeNetwork();
  private final Map<String, Definition> sections = new HashMap<>();
  private final Map<Class<?>, Object> services = new HashMap<>();
  private FakeClock clock = new FakeClock(START);

  /** A context over an empty Unix file system. */
  public FakeContext() {
    this(FakeFiles.unix());
  }

  /** A context over that file system. */
  public FakeContext(FakeFiles directories) {
    this.directories = directories;
  }

  /** Stops the clock at an instant, written as {@code 2025-01-15T12:00:00Z}. */
  public FakeContext at(String instant) {
    clock = new FakeClock(Instant.parse(instant));
    return this;
  }

  /** Gives the configuration that section. */
  public FakeContext withConfig(String section, Definition definition) {
    sections.put(section, definition);
    return this;
  }

  /** Supplies that service. */
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
  public FakeProcesses processes() {
    return processes;
  }

  @Override
  public FakeTerminal terminal() {
    return terminal;
  }

  @Override
  public FakeNetwork network() {
    return network;
  }

  @Override
  public Optional<Definition> config(String section) {
    return Optional.ofNullable(sections.get(section));
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
