package dev.atmos.plugin.auth;

/**
 * One identity of the configuration, able to say what to sign with. A kind that needs nothing but
 * its definition is one method; see {@link ChainStep} for what a kind can say beside that to take
 * part in chains and to have its credentials kept.
 */
@FunctionalInterface
public interface Identity extends ChainStep {

  /**
   * Credentials that are live now, made of what the step before has made, if there is one.
   *
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#SIGN_IN_REQUIRED}
   *     if somebody has to be asked, and can't be; with {@link dev.atmos.plugin.ExitCode#DENIED} if
   *     the identity isn't allowed; with {@link dev.atmos.plugin.ExitCode#UNAVAILABLE} if the
   *     network or the other side is in the way, in which case credentials that were made before
   *     are used as long as they last
   * @throws GrantRefusedException if the request's input wasn't taken
   */
  AwsCredentials credentials(StepRequest request);
}
