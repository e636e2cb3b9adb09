package dev.atmos.plugin.auth;

/** One identity of the configuration, able to say what to sign with. */
public interface Identity {

  /**
   * Credentials that are live now. Asks nobody: no prompt, no browser.
   *
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#SIGN_IN_REQUIRED}
   *     if there are none without somebody signing in
   */
  AwsCredentials credentials();
}
