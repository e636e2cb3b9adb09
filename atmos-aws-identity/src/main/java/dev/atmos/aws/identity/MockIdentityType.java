package dev.atmos.aws.identity;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;

/** {@code mock} and {@code mock/aws}: fixed credentials that AWS doesn't know, for tests. */
record MockIdentityType(String kind) implements IdentityType {

  @Override
  public Schema schema() {
    return Schema.object("Fixed credentials, for tests.");
  }

  @Override
  public Identity create(Definition definition, PluginContext context) {
    return new MockIdentity();
  }

  /** What a mock of either sort gives. */
  static AwsCredentials credentials() {
    return AwsCredentials.of(
        "MOCK_ACCESS_KEY_ID",
        Secret.of("MOCK_SECRET_ACCESS_KEY"),
        Secret.of("MOCK_SESSION_TOKEN"),
        null);
  }

  private static final class MockIdentity implements Identity {
    @Override
    public Grant grant(StepRequest request) {
      return credentials();
    }
  }
}
