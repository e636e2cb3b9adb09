package dev.atmos.cli.context;

import dev.atmos.plugin.io.Environment;
import dev.atmos.services.config.ConfigMap;
import java.util.Optional;

/**
 * The variables of the process, and below them those few of atmos's own that the {@code env}
 * section of {@code atmos.yaml} may set: those that only say what other parts of the file could say
 * as well.
 */
final class ConfiguredEnvironment implements Environment {
  private final Environment process;
  private final HostContext context;

  ConfiguredEnvironment(Environment process, HostContext context) {
    this.process = process;
    this.context = context;
  }

  private static boolean mayBeConfigured(String name) {
    return name.equals("ATMOS_IDENTITY")
        || name.equals("ATMOS_AUTH_REALM")
        || name.equals("ATMOS_KEYRING_TYPE");
  }

  @Override
  public Optional<String> get(String name) {
    Optional<String> value = process.get(name);
    if (value.isPresent() || !mayBeConfigured(name)) {
      return value;
    }
    Optional<ConfigMap> env = context.configMap("env");
    return env.isPresent() ? env.get().text(name) : value;
  }
}
