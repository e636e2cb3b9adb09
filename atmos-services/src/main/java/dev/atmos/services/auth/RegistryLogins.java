package dev.atmos.services.auth;

import dev.atmos.plugin.integration.IntegrationPlan;
import org.jspecify.annotations.Nullable;

/** Host service: the passwords of registries that atmos has given to docker. */
public interface RegistryLogins {

  /**
   * Plans to take the passwords away from docker that were made as an identity.
   *
   * @param identity the identity's name, spelled as in the configuration; null for all
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if the files can't be read
   */
  IntegrationPlan removal(@Nullable String identity);
}
