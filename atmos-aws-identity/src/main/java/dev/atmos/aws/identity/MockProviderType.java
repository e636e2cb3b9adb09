package dev.atmos.aws.identity;

import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;

/** {@code mock} and {@code mock/aws}: a provider that signs everyone in, for tests. */
record MockProviderType(String kind) implements ProviderType {

  @Override
  public Schema schema() {
    return Schema.object("A provider that needs no sign-in, for tests.");
  }

  @Override
  public Provider create(Definition definition, PluginContext context) {
    return new MockProvider();
  }

  private static final class MockProvider implements Provider {
    @Override
    public Grant grant(StepRequest request) {
      return MockIdentityType.credentials();
    }
  }
}
