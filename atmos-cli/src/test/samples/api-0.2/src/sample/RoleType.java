package sample;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code sample/role}: keys for the pass of a door, cached for an hour. */
final class RoleType implements IdentityType {
  private static final String ROLE = "principal.role";
  private static final String DURATION = "duration";

  @Override
  public String kind() {
    return "sample/role";
  }

  @Override
  public Schema schema() {
    return Schema.object("A role behind a door.")
        .required(ROLE, Schema.text("The role.").withPattern("[a-z]+", "must be a word"))
        .optional(DURATION, Schema.duration("How long its keys live.").withDefault("1h"));
  }

  @Override
  public Accepts accepts() {
    return Accepts.provider(DoorType.PASS);
  }

  @Override
  public Description describe(Definition definition) {
    return Description.NONE.withPrincipal(definition.text(ROLE).orElse(null));
  }

  @Override
  public Identity create(Definition definition, PluginContext context) {
    return new Identity() {
      @Override
      public Grant grant(StepRequest request) {
        Token pass = (Token) request.input().orElseThrow();
        Duration life = definition.duration(DURATION).orElse(Duration.ofHours(1));
        request.saveState(pass.value());
        return AwsCredentials.of(
            "AKIDSAMPLEROLE",
            pass.value(),
            Secret.of("sample-session"),
            context.clock().instant().plus(life));
      }

      @Override
      public Optional<Map<String, String>> cacheKey() {
        return Optional.of(definition.values(ROLE));
      }
    };
  }
}
