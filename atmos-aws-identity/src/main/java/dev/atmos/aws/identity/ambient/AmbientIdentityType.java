package dev.atmos.aws.identity.ambient;

import dev.atmos.aws.identity.support.KindFailures;
import dev.atmos.aws.identity.support.KindFields;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import java.util.Map;
import java.util.Optional;

/**
 * {@code aws/ambient} and {@code ambient}: the credentials that the environment offers. A
 * definition with an empty name stands for the environment where no identities are configured: it
 * never asks the instance metadata service, and messages about it name no identity.
 *
 * @param kind {@link #AWS} or {@link #ANY}
 */
public record AmbientIdentityType(String kind) implements IdentityType {
  /** The AWS credentials of the environment. */
  public static final String AWS = "aws/ambient";

  /** The same, without a region. */
  public static final String ANY = "ambient";

  private static final String REGION = "principal.region";

  @Override
  public Accepts accepts() {
    return Accepts.nothing();
  }

  @Override
  public Schema schema() {
    return kind.equals(AWS)
        ? Schema.object("The AWS credentials that the environment offers.")
            .optional(REGION, KindFields.region())
            .withDescription("principal", "Where the identity works.")
        : Schema.object("The credentials that the environment offers.");
  }

  @Override
  public Description describe(Definition definition) {
    return kind.equals(AWS)
        ? Description.NONE.withRegion(definition.text(REGION).orElse(null))
        : Description.NONE;
  }

  @Override
  public Identity create(Definition definition, PluginContext context) {
    if (definition.section("via").isPresent()) {
      throw KindFailures.needsNoVia(definition);
    }
    return new Ambient(kind, definition, Services.of(context));
  }

  private record Ambient(String kind, Definition definition, Services services)
      implements Identity {

    /** Only the variables say whose credentials they are without asking anything. */
    @Override
    public Optional<Map<String, String>> cacheKey() {
      String keyId = credentials().variable(AmbientCredentials.KEY_ID);
      return keyId == null ? Optional.empty() : Optional.of(Map.of("access_key_id", keyId));
    }

    @Override
    public boolean isCacheable() {
      return false;
    }

    @Override
    public boolean isAmbient() {
      return true;
    }

    @Override
    public Optional<String> region() {
      return kind.equals(AWS) ? definition.text(REGION) : Optional.empty();
    }

    @Override
    public Grant grant(StepRequest request) {
      return credentials().find();
    }

    private AmbientCredentials credentials() {
      String name = definition.name();
      return new AmbientCredentials(services, name.isEmpty() ? null : name);
    }
  }
}
