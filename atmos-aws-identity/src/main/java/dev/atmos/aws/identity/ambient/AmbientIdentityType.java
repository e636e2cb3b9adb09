package dev.atmos.aws.identity.ambient;

import dev.atmos.aws.identity.support.KindFailures;
import dev.atmos.aws.identity.support.KindFields;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** On the token path. */
  private static final class Ambient implements Identity {
    private final String kind;
    private final Definition definition;
    private final AmbientEnvironment environment;
    private @Nullable AmbientSource source;
    private @Nullable AtmosException failure;

    Ambient(String kind, Definition definition, Services services) {
      String name = definition.name();
      this.kind = kind;
      this.definition = definition;
      this.environment = new AmbientEnvironment(services, name.isEmpty() ? null : name);
    }

    @Override
    public Optional<Map<String, String>> cacheKey() {
      AmbientSource found = source();
      return found == null ? Optional.empty() : Optional.ofNullable(found.key());
    }

    /** Only what is made by a definition, of which nothing else is known, is worth keeping. */
    @Override
    public boolean isCacheable() {
      AmbientSource found = source();
      return found != null && found.isMade();
    }

    @Override
    public boolean isAmbient() {
      return true;
    }

    /** Its own; else that of the profile, above which stands what the user has exported. */
    @Override
    public Optional<String> region() {
      Optional<String> own = kind.equals(AWS) ? definition.text(REGION) : Optional.empty();
      if (own.isPresent() || environment.variable("AWS_REGION", "AWS_DEFAULT_REGION") != null) {
        return own;
      }
      try {
        return Optional.ofNullable(new SharedFiles(environment).selected().field("region"));
      } catch (AtmosException e) {
        // Who asks for credentials is told.
        return Optional.empty();
      }
    }

    @Override
    public Grant grant(StepRequest request) {
      AmbientSource found = source();
      if (found == null) {
        throw Objects.requireNonNull(failure);
      }
      return found.credentials(request);
    }

    /** Where its credentials come from, looked for once; null if that has failed. */
    private @Nullable AmbientSource source() {
      if (source == null && failure == null) {
        try {
          source = new AmbientSources(environment).find();
        } catch (AtmosException e) {
          failure = e;
        }
      }
      return source;
    }
  }
}
