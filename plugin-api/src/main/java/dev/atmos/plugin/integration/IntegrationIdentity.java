package dev.atmos.plugin.integration;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.ImplementedByHost;

/** The identity that an integration is set up for. Safe for use by several threads. */
@ImplementedByHost
public interface IntegrationIdentity {

  /** The identity's name, spelled as in the configuration. */
  String name();

  /**
   * Its credentials. Atmos fetches them with the first call, once for all integrations of a
   * sign-in.
   *
   * @throws dev.atmos.plugin.base.AtmosException as {@link dev.atmos.plugin.auth.Identities} does
   */
  AwsCredentials credentials();
}
