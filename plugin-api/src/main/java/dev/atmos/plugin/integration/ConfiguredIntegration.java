package dev.atmos.plugin.integration;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * An integration that the configuration names.
 *
 * @param spec what it says of it
 * @param identity whom it belongs to, spelt as in the configuration; null where it belongs to all
 *     identities of a provider
 * @param atSignIn whether a sign-in sets it up
 */
public record ConfiguredIntegration(
    IntegrationSpec spec, @Nullable String identity, boolean atSignIn) {

  /** Its name, spelt as in the configuration. */
  public String name() {
    return spec.name();
  }

  /**
   * Whom it is set up for where nobody has just signed in.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if it belongs to a provider
   */
  public String requiredIdentity() {
    if (identity == null) {
      throw new AtmosException(
          ExitCode.USAGE,
          "integration '"
              + name()
              + "' belongs to a provider, so that it can't be told for which of its identities it"
              + " is meant",
          "give it via: {identity: NAME}, or sign in: atmos auth login --identity NAME");
    }
    return identity;
  }
}
