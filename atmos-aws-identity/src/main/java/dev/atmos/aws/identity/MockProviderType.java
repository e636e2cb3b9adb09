package dev.atmos.auth;

import dev.atmos.services.Services;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderSpec;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;

/** {@code mock/aws}: a provider that takes everybody, to try things out with. */
final class MockProviderType implements ProviderType {
  @Override
  public String kind() {
    return "mock/aws";
  }

  @Override
  public Provider create(ProviderSpec spec, Services context) {
    return new Mock();
  }

  private static final class Mock implements Provider {
    @Override
    public Grant grant(StepRequest request) {
      return AwsCredentials.of(
          "MOCK_ACCESS_KEY_ID",
          Secret.of("MOCK_SECRET_ACCESS_KEY"),
          Secret.of("MOCK_SESSION_TOKEN"),
          null);
    }
  }
}
