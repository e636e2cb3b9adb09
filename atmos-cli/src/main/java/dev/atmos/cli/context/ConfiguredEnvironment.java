package dev.atmos.cli.context;

import dev.atmos.plugin.io.Environment;
import dev.atmos.services.config.ConfigMap;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of the command line and the process, and below them those few of atmos's own that
 * the {@code env} section of {@code atmos.yaml} may set: those that only say what other parts of
 * the file could say as well.
 */
final class ConfiguredEnvironment implements Environment {
  static final String KEYRING = "ATMOS_KEYRING_TYPE";

  private final Environment process;
  private final HostContext context;
  private Map<String, String> given = Map.of();

  ConfiguredEnvironment(Environment process, HostContext context) {
    this.process = process;
    this.context = context;
  }

  /** Takes variables that go before those of the process. */
  void variables(Map<String, String> variables) {
    given = Map.copyOf(variables);
  }

  private static boolean mayBeConfigured(String name) {
    return name.equals("ATMOS_IDENTITY") || name.equals("ATMOS_AUTH_REALM") || name.equals(KEYRING);
  }

  @Override
  public Optional<String> get(String name) {
    String own = given.get(name);
    Optional<String> value = own == null ? process.get(name) : Optional.of(own);
    if (value.isPresent() || !mayBeConfigured(name)) {
      return value;
    }
    Optional<ConfigMap> env = context.configMap("env");
    if (env.isEmpty() || (name.equals(KEYRING) && !isTrusted(env.get(), name))) {
      return value;
    }
    return env.get().text(name);
  }

  /** Only a trusted file decides how secrets are kept. */
  private boolean isTrusted(ConfigMap env, String name) {
    ConfigMap.Entry entry = env.entries().get(name);
    return entry == null || context.trust().takesPart("env." + name, entry.value().position());
  }
}
