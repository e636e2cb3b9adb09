package dev.atmos.auth;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.StepRequest;

/** An identity that signs with the same keys each time. */
record FixedIdentity(AwsCredentials credentials) implements Identity {
  @Override
  public AwsCredentials credentials(StepRequest request) {
    return credentials;
  }
}
