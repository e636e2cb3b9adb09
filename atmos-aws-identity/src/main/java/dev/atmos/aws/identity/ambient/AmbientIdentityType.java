package dev.atmos.auth;

import dev.atmos.services.Services;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.services.config.ConfigMap;
import java.util.Map;
import java.util.Optional;

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
  public Identity create(IdentitySpec spec, Services context) {
    if (spec.fields().map("via").isPresent()) {
      throw IdentityFailures.via(spec);
    }
    return new Ambient(spec, context);
  }

  private record Ambient(IdentitySpec spec, Services context) implements Identity {

    /** Those of a network can't be told without it. */
    @Override
    public Optional<Map<String, String>> cacheKey() {
      String keyId = AmbientCredentials.variable(context, "AWS_ACCESS_KEY_ID");
      return keyId == null ? Optional.empty() : Optional.of(Map.of("access_key_id", keyId));
    }

    @Override
    public boolean isCacheable() {
      return false;
    }

    @Override
    public Optional<String> region() {
      Optional<ConfigMap> principal = spec.fields().map("principal");
      return principal.isPresent() ? principal.get().text("region") : Optional.empty();
    }

    @Override
    public AwsCredentials credentials(StepRequest request) {
      return new AmbientCredentials(context, spec.name()).find();
    }
  }
}
