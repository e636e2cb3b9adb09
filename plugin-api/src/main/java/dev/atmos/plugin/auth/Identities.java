package dev.atmos.plugin.auth;

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
}
