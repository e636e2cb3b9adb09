package dev.atmos.plugin.integration;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.ImplementedByHost;

/** Whose credentials an integration is set up with. Safe for use by several threads. */
@ImplementedByHost
public interface IntegrationIdentity {

  /** The identity's name, spelt as in the configuration. */
  String name();

  /**
   * What it signs with; got once, whoever asks for it, and only if somebody does.
   *
   * @throws dev.atmos.plugin.base.AtmosException as {@link dev.atmos.plugin.auth.Identities} does
   */
  AwsCredentials credentials();
}
