package dev.atmos.services.testing;

import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.testkit.FakeContext;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigSelection;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.system.ClockSkew;
import dev.atmos.services.system.GenericCredentials;
import dev.atmos.services.system.Launcher;
import dev.atmos.services.system.ParallelTasks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Services} of a {@link FakeContext}: free locks, pauses that take no time, tasks in
 * order, an empty configuration that is trusted, no kinds, and a launcher named {@code atmos},
 * unless a test sets something else.
 */
public final class FakeServices extends FakeContext implements Services {
  private final FakeLocks locks = new FakeLocks();
  private final FakeProcessControl processes = new FakeProcessControl();
  private final FakeInteractiveTerminal terminal = new FakeInteractiveTerminal();
  private final FakeProxyNetwork network = new FakeProxyNetwork();
  private final FakeKindRegistry kinds = new FakeKindRegistry();
  private final ParallelTasks tasks = new SequentialTasks();
  private final FakeUserFiles userFiles = new FakeUserFiles();
  private FakeSleeper sleeper = new FakeSleeper(clock());
  private TrustPolicy trust = new TrustsEverything();
  private ConfigSelection configSelection = Map::of;
  private @Nullable GenericCredentials genericCredentials;
  private ZoneOffset offset = ZoneOffset.UTC;
  private @Nullable ClockSkew skew;
  private Launcher launcher = () -> Launcher.NAME;
  private ConfigMap config =
      new ConfigMap(Map.of(), new Position(new Source("atmos.yaml", ""), 1, 1));

  /** Services over an empty Unix file system. */
  public FakeServices() {}

  /** Services over that file system. */
  public FakeServices(FakeFiles directories) {
    super(directories);
  }

  private final class TrustsEverything implements TrustPolicy {

    @Override
    public boolean isTrusted(Position position) {
      return true;
    }

    @Override
    public void require(Effect effect, Position position, String value) {}

    @Override
    public Path directory(Position position) {
      return directories().workingDirectory();
    }
  }

  @Override
  public FakeServices at(String instant) {
    super.at(instant);
    sleeper = new FakeSleeper(clock());
    return this;
  }

  /** Sets the whole configuration. */
  public FakeServices withConfig(ConfigMap root) {
    config = root;
    return this;
  }

  @Override
  public FakeServices withConfig(String section, Definition definition) {
    super.withConfig(section, definition);
    return this;
  }

  @Override
  public <T> FakeServices withService(Class<T> type, T service) {
    super.withService(type, service);
    return this;
  }

  /** Sets which files of the configuration are trusted. */
  public FakeServices withTrust(TrustPolicy policy) {
    trust = policy;
    return this;
  }

  /** Adds an identity kind. */
  public FakeServices withIdentity(IdentityType type) {
    kinds.identities().add(type);
    return this;
  }

  /** Adds a provider kind. */
  public FakeServices withProvider(ProviderType type) {
    kinds.providers().add(type);
    return this;
  }

  /** Adds an integration kind. */
  public FakeServices withIntegration(IntegrationType type) {
    kinds.integrations().add(type);
    return this;
  }

  /** Adds a kind of credential store. */
  public FakeServices withStore(CredentialStoreType type) {
    kinds.stores().add(type);
    return this;
  }

  /** Sets the variables that select this configuration. */
  public FakeServices withConfigSelection(ConfigSelection selection) {
    configSelection = selection;
    return this;
  }

  /** Sets how far local time is from UTC; not at all by default. */
  public FakeServices withOffset(String id) {
    offset = ZoneOffset.of(id);
    return this;
  }

  @Override
  public ZoneOffset offsetAt(Instant time) {
    return offset;
  }

  /** Sets how other programs start this one. */
  public FakeServices withLauncher(Launcher other) {
    launcher = other;
    return this;
  }

  @Override
  public FakeProcessControl processes() {
    return processes;
  }

  @Override
  public FakeInteractiveTerminal terminal() {
    return terminal;
  }

  @Override
  public FakeProxyNetwork network() {
    return network;
  }

  /** A listener that browsers of a test send requests to, from now on. */
  public FakeCallbackListener listening() {
    FakeCallbackListener listener = new FakeCallbackListener(sleeper);
    network.listener(listener);
    return listener;
  }

  @Override
  public FakeLocks locks() {
    return locks;
  }

  @Override
  public FakeSleeper sleeper() {
    return sleeper;
  }

  /** The same as {@link #clock}, which is never corrected here. */
  @Override
  public Clock localClock() {
    return clock();
  }

  @Override
  public Optional<ClockSkew> clockSkew() {
    return Optional.ofNullable(skew);
  }

  @Override
  public void correctClock(@Nullable ClockSkew known) {
    skew = known;
  }

  @Override
  public ParallelTasks tasks() {
    return tasks;
  }

  /** On Windows, from now on. */
  public FakeGenericCredentials onWindows() {
    FakeGenericCredentials credentials = new FakeGenericCredentials();
    genericCredentials = credentials;
    return credentials;
  }

  @Override
  public Optional<GenericCredentials> genericCredentials() {
    return Optional.ofNullable(genericCredentials);
  }

  @Override
  public FakeUserFiles userFiles() {
    return userFiles;
  }

  @Override
  public Optional<ConfigMap> configMap(String section) {
    return config.map(section);
  }

  /** The section over the configuration of {@link #withConfig(ConfigMap)}, unless a test set it. */
  @Override
  public Optional<Definition> config(String section) {
    Optional<Definition> own = super.config(section);
    return own.isPresent() ? own : configMap(section).map(fields -> definition(section, fields));
  }

  /**
   * A definition as the host would make it, under the trust and the directories of these services.
   */
  public Definition definition(String name, ConfigMap fields) {
    return new ConfigDefinition(
        name, fields, new ConfigDefinition.ConfigContext(trust, this, null));
  }

  @Override
  public TrustPolicy trust() {
    return trust;
  }

  @Override
  public FakeKindRegistry kinds() {
    return kinds;
  }

  @Override
  public ConfigSelection configSelection() {
    return configSelection;
  }

  @Override
  public Launcher launcher() {
    return launcher;
  }

  /** These, with the variables set from now on. */
  @Override
  public FakeServices with(Map<String, String> variables) {
    variables.forEach(environment()::set);
    return this;
  }
}
