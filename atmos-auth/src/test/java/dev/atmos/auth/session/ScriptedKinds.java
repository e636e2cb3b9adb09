package dev.atmos.auth.session;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider {@code fake/door} that gives numbered tokens, and an identity {@code fake/room} that
 * takes whatever the step before gives, unless the test refuses it.
 */
final class ScriptedKinds {
  final List<String> log = new ArrayList<>();
  final Set<String> refused = new HashSet<>();
  Duration tokenLifetime = Duration.ofHours(8);
  Duration roomLifetime = Duration.ofHours(1);
  boolean renewable = true;
  boolean roomsAsk;
  @Nullable ExitCode doorFails;
  @Nullable ExitCode roomFails;
  @Nullable Grant external;
  private int tokens;
  private int keys;

  SignInTestContext context(String config) {
    return new SignInTestContext().config(config).with(new DoorType()).with(new RoomType());
  }

  private final class DoorType implements ProviderType {
    @Override
    public String kind() {
      return "fake/door";
    }

    @Override
    public Provider create(Definition definition, PluginContext context) {
      return new Provider() {
        @Override
        public Optional<Map<String, String>> cacheKey() {
          return Optional.of(Map.of("address", definition.text("address").orElse("")));
        }

        @Override
        public Optional<String> region() {
          return definition.text("region");
        }

        @Override
        public Optional<Grant> externalGrant() {
          return Optional.ofNullable(external);
        }

        @Override
        public Grant grant(StepRequest request) {
          fail(doorFails, "the door is stuck");
          boolean asked = request.dialog().isPresent();
          if (!asked && (!renewable || request.savedState().isEmpty())) {
            throw new AtmosException(ExitCode.SIGN_IN_REQUIRED, "no one has knocked");
          }
          if (asked) {
            request.dialog().get().askSecret("who is there");
          }
          String name = "token-" + ++tokens;
          log.add((asked ? "signed in " : "renewed with " + reveal(request) + " ") + name);
          request.saveState(Secret.of("state-" + tokens));
          return Token.of("fake", Secret.of(name), now(context).plus(tokenLifetime));
        }

        @Override
        public boolean needsUser(Optional<Secret> savedState) {
          return !renewable || savedState.isEmpty();
        }

        @Override
        public void revoke(Grant grant) {
          log.add("revoked " + name(grant));
          fail(doorFails, "the door is stuck");
        }
      };
    }

    private String reveal(StepRequest request) {
      return request.savedState().orElseThrow().reveal();
    }
  }

  private final class RoomType implements IdentityType {
    @Override
    public String kind() {
      return "fake/room";
    }

    @Override
    public Identity create(Definition definition, PluginContext context) {
      return new Identity() {
        @Override
        public Optional<Map<String, String>> cacheKey() {
          return definition.text("secretive").isPresent()
              ? Optional.empty()
              : Optional.of(Map.of("number", definition.text("number").orElse("")));
        }

        @Override
        public Grant grant(StepRequest request) {
          if (roomsAsk) {
            request.dialogOr("the room is locked").askSecret("key of " + definition.name());
          }
          fail(roomFails, "the room is full");
          String input = request.input().map(ScriptedKinds::name).orElse("nothing");
          if (refused.contains(input)) {
            log.add(definition.name() + " refused " + input);
            throw new GrantRefusedException("nobody takes " + input, null);
          }
          String id = "ASIA" + definition.name().toUpperCase(Locale.ROOT) + ++keys;
          log.add(definition.name() + " of " + input + " at " + request.region().orElse("-"));
          return AwsCredentials.of(
              id, Secret.of("secret"), Secret.of("session"), now(context).plus(roomLifetime));
        }
      };
    }
  }

  private static Instant now(PluginContext context) {
    return context.clock().instant();
  }

  private static void fail(@Nullable ExitCode code, String why) {
    if (code != null) {
      throw new AtmosException(code, why);
    }
  }

  static String name(Grant grant) {
    return grant instanceof Token token
        ? token.value().reveal()
        : ((AwsCredentials) grant).accessKeyId();
  }
}
