package dev.atmos.plugin.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Host service: finds out who is meant and what that identity signs with. */
public interface Identities {

  /**
   * Live credentials of the identity that is meant: the one named, else that of {@code
   * ATMOS_IDENTITY}, else the default one, else the only one; where no identities are configured,
   * what the environment offers. Never prompts and never opens a browser.
   *
   * @param name what {@code --identity} said, if it was given
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if it
   *     isn't clear who is meant, {@link dev.atmos.plugin.ExitCode#SIGN_IN_REQUIRED} if there are
   *     no live credentials, {@link dev.atmos.plugin.ExitCode#PLUGIN} if no plugin supplies the
   *     identity's kind
   */
  AwsCredentials credentials(@Nullable String name);

  /**
   * Whom {@link #credentials} means, spelt as in the configuration; empty where it is nobody of the
   * configuration and the environment is asked. Needs no credentials, and doesn't say whether there
   * are any.
   *
   * @param name what {@code --identity} said, if it was given
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if it
   *     isn't clear who is meant
   */
  Optional<String> nameOf(@Nullable String name);

  /**
   * The AWS region that an identity works in: the one that it names, else that of whom it goes
   * through. Empty where none of them names one.
   *
   * @param identity the identity's name, spelt as in the configuration
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if the
   *     identity can't be used as it is written
   */
  Optional<String> regionOf(String identity);
}
