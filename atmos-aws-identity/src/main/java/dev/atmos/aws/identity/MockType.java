package dev.atmos.aws.identity;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import java.util.Optional;

/**
 * {@code mock} and {@code mock/aws}: a provider and an identity that need no sign-in and give fixed
 * credentials, which AWS doesn't know. For tests.
 */
record MockType(String kind) implements ProviderType, IdentityType {

  @Override
  public Schema schema() {
    return Schema.object("Fixed credentials, for tests.");
  }

  @Override
  public Mock create(Definition definition, PluginContext context) {
    return new Mock();
  }

  /** Either of the two. */
  static final class Mock implements Provider, Identity {
    @Override
    public Grant grant(StepRequest request) {
      return AwsCredentials.of(
          "MOCK_ACCESS_KEY_ID",
          Secret.of("MOCK_SECRET_ACCESS_KEY"),
          Secret.of("MOCK_SESSION_TOKEN"),
          null);
    }

    @Override
    public boolean needsUser(Optional<Secret> savedState) {
      return false;
    }
  }
}
