package dev.atmos.auth;

import dev.atmos.services.Services;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;

/** {@code mock/aws}: fixed credentials that AWS doesn't know, to try things out with. */
final class MockIdentityType implements IdentityType {

  @Override
  public String kind() {
    return "mock/aws";
  }

  @Override
  public Identity create(IdentitySpec spec, Services context) {
    return new FixedIdentity(
        AwsCredentials.of(
            "MOCK_ACCESS_KEY_ID",
            Secret.of("MOCK_SECRET_ACCESS_KEY"),
            Secret.of("MOCK_SESSION_TOKEN"),
            null));
  }
}
