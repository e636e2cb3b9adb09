package dev.atmos.services.auth;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import org.jspecify.annotations.Nullable;

/**
 * An integration that the configuration names.
 *
 * @param definition what the configuration says of it
 * @param identity the identity that it belongs to, spelled as in the configuration; null where it
 *     belongs to all identities of a provider
 * @param atSignIn whether a sign-in sets it up
 */
public record ConfiguredIntegration(
    Definition definition, @Nullable String identity, boolean atSignIn) {

  /** Its name, spelt as in the configuration. */
  public String name() {
    return definition.name();
  }

  /**
   * The identity that it is set up for outside of a sign-in.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if it belongs to a provider
   */
  public String requiredIdentity() {
    if (identity == null) {
      throw new AtmosException(
          ExitCode.USAGE,
          "integration '"
              + name()
              + "' belongs to a provider, and atmos can't know for which of its identities to set"
              + " it up",
          "give it via: {identity: NAME}, or sign in: atmos auth login --identity NAME");
    }
    return identity;
  }
}
