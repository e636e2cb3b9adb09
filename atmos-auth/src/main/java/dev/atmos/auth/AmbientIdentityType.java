package dev.atmos.auth;

import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;

/** {@code aws/ambient} and {@code ambient}: what the environment offers. */
final class AmbientIdentityType implements IdentityType {
  private final String kind;

  AmbientIdentityType(String kind) {
    this.kind = kind;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Identity create(IdentitySpec spec, PluginContext context) {
    if (spec.fields().map("via").isPresent()) {
      throw IdentityFailures.via(spec);
    }
    return new Ambient(new AmbientCredentials(context, spec.name()));
  }

  private record Ambient(AmbientCredentials environment) implements Identity {
    @Override
    public AwsCredentials credentials(StepRequest request) {
      return environment.find();
    }
  }
}
