package dev.atmos.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identities of a plugin whose grants are not AWS's. */
class OtherGrantsTest {
  private static final String CONFIG =
      """
      auth:
        identities:
          cloud: {kind: acme/cloud}
          behind: {kind: acme/cloud, via: {identity: cloud}, cached: yes}
          cached: {kind: acme/cloud, cached: yes}
      """;

  /** A grant of another cloud. */
  private record CloudGrant(int number, @Nullable Instant expiresAt) implements Grant {
    @Override
    public String type() {
      return "acme/cloud";
    }
  }

  private final AuthTestContext context = new AuthTestContext().config(CONFIG);
  private int made;

  @BeforeEach
  void addKind() {
    context.services().kinds().identities().addGuest(new CloudType());
  }

  private final class CloudType implements IdentityType {
    @Override
    public String kind() {
      return "acme/cloud";
    }

    @Override
    public Identity create(Definition definition, PluginContext services) {
      return new Identity() {
        @Override
        public Grant grant(StepRequest request) {
          return new CloudGrant(++made, services.clock().instant().plus(Duration.ofHours(1)));
        }

        @Override
        public Optional<Map<String, String>> cacheKey() {
          return definition.has("cached") ? Optional.of(Map.of()) : Optional.empty();
        }
      };
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloud", "behind", "cached"})
  void credentials_areRefused_namingTheKind(String identity) {
    assertThat(context.failure(ExitCode.USAGE, identity))
        .isEqualTo(
            "identity '"
                + identity
                + "' is of kind acme/cloud, which gives no AWS credentials but 'acme/cloud'"
                + " | choose an identity of AWS: --identity NAME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloud", "behind", "cached"})
  void grant_isGivenOut(String identity) {
    Grant grant = context.engine().identities().grant(identity);

    assertThat(grant).isInstanceOf(CloudGrant.class);
    assertThat(grant.expiresAt()).isEqualTo("2025-01-15T13:00:00Z");
  }

  @Test
  void grant_ofAPluginsOwnType_isNeverCached() {
    context.engine().identities().grant("cached");
    context.engine().identities().grant("cached");

    assertThat(made).isEqualTo(2);
    assertThat(context.engine().sessions().cached("cached").expiresAt()).isNull();
  }

  @Test
  void session_hasTheGrant_andNoCredentials() {
    Session session = context.engine().sessions().silent("cloud");

    assertThat(session.grant()).isInstanceOf(CloudGrant.class);
    AtmosException failure = catchThrowableOfType(AtmosException.class, session::credentials);
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
