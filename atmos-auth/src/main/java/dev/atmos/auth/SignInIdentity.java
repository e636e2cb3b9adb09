package dev.atmos.auth;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.StepRequest;

/**
 * An identity that has nothing to sign with before somebody has signed in.
 *
 * @param name the identity's name, spelt as in the configuration
 * @param why what the sign-in is needed for
 */
record SignInIdentity(String name, String why) implements Identity {
  @Override
  public AwsCredentials credentials(StepRequest request) {
    throw IdentityFailures.signIn(name, why);
  }
}
