package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.auth.FakeDataFormats;
import dev.atmos.auth.VaultKinds;
import dev.atmos.auth.list.ListRun;
import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.auth.CallerIdentity;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A guest's kinds are checked, listed, named and used as built-in kinds of the same schema are. */
class GuestKindsTest {
  private static final String GOOD =
      """
      auth:
        keyring: {type: acme-store, spec: {drawer: A}}
        providers:
          front: {kind: acme/door, address: https://vault.example, spec: {floor: 3}, tags: [day]}
        identities:
          keys:
            kind: acme/vault
            alias: k
            via: {provider: Front}
            account: "123456789012"
            opening: {hours: [8, 12], limit: 1h}
            combination: PLANTED
            opener: PLANTED
        integrations:
          images: {kind: acme/registry, via: {identity: k}, spec: {host: registry.example}}
      """;

  private static final String BAD =
      """
      auth:
        keyring: {type: acme-store, spec: {drawer: 9}}
        providers:
          front: {kind: acme/door, adress: https://vault.example, spec: {floor: ground}}
          job: {kind: github/oidc}
          sso: {kind: aws/iam-identity-center, start_url: https://a.example, region: us-east-2}
        identities:
          keys:
            kind: acme/vault
            via: {provider: front}
            account: mine
            box: huge
            opening: {limit: soon, houers: [8]}
          lost: {kind: acme/vault, account: "123456789012"}
          led-by-a-job: {kind: acme/vault, via: {provider: job}, account: "123456789012"}
          misled: {kind: acme/vault, via: {provider: sso}, account: "123456789012"}
          role:
            kind: aws/assume-role
            via: {provider: front}
            principal: {assume_role: 'arn:aws:iam::123456789012:role/x'}
        integrations:
          images: {kind: acme/registry, via: {identity: keys}}
          mistyped: {kind: acme/registri, via: {identity: keys}}
          misplaced: {kind: acme/vault, via: {identity: keys}}
      """;

  private static FakeServices guest(String yaml) {
    return new VaultKinds("acme")
        .addGuest(AuthTestContext.addBuiltInKinds(new FakeServices()))
        .withConfig(YamlConfig.root(yaml));
  }

  /** The same configuration with kinds of the same schemas that are built in. */
  private static FakeServices builtIn(String yaml) {
    return new VaultKinds("acre")
        .addBuiltIn(AuthTestContext.addBuiltInKinds(new FakeServices()))
        .withConfig(YamlConfig.root(yaml.replace("acme", "acre")));
  }

  private static void assertSame(Function<FakeServices, String> answer, String yaml) {
    assertThat(answer.apply(guest(yaml)))
        .isEqualTo(answer.apply(builtIn(yaml)).replace("acre", "acme"));
  }

  @Test
  void goodConfiguration_ofAGuestsKinds_isValid() {
    assertThat(ValidateRun.of(guest(GOOD), "--strict").said())
        .isEqualTo("auth: 1 provider, 1 identity and 1 integration: no errors and no warnings\n");
  }

  @Test
  void badConfiguration_ofAGuestsKinds_isReportedAsThatOfBuiltInOnes() {
    assertSame(services -> ValidateRun.of(services).said(), BAD);
    assertSame(services -> ValidateRun.of(services, "-o", "json").answered(), BAD);
    assertThat(ValidateRun.of(guest(BAD)).said().lines().filter(line -> !line.startsWith(" ")))
        .containsExactly(
            "atmos.yaml:2:46: error: 'drawer' must be a capital letter",
            "atmos.yaml:4:30: error: 'adress' is not known here, and 'address' is missing; did you"
                + " mean address?",
            "atmos.yaml:4:75: error: 'floor' must be a whole number",
            "atmos.yaml:11:16: error: 'account' must be an AWS account id of 12 digits; for"
                + " example: 123456789012",
            "atmos.yaml:12:12: error: 'box' must be small or large",
            "atmos.yaml:13:24: error: 'limit' must be a length of time in d, h, m or s, or a"
                + " number of seconds; for example: 8h",
            "atmos.yaml:14:5: error: identity 'lost' is of kind acme/vault, which needs 'via' with"
                + " a provider; add: via: {provider: NAME}",
            "atmos.yaml:16:48: error: identity 'misled' is of kind acme/vault, which needs a"
                + " provider of kind acme/door or github/oidc, and 'sso' is of kind"
                + " aws/iam-identity-center",
            "atmos.yaml:22:5: error: 'spec' is missing from 'images'",
            "atmos.yaml:23:22: error: kind 'acme/registri' of integration 'mistyped' is not known;"
                + " did you mean acme/registry?",
            "atmos.yaml:24:23: error: kind 'acme/vault' of integration 'misplaced' is a kind of"
                + " identities; known: acme/registry, aws/eks",
            "atmos.yaml:13:30: warning: unknown key 'houers'; did you mean hours?",
            "auth: 3 providers, 5 identities and 3 integrations: 11 errors and 1 warning");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tree", "table", "json", "yaml", "mermaid", "graphviz", "markdown"})
  void list_inEveryFormat_showsAGuestsKindsAsBuiltInOnes(String format) {
    for (String yaml : new String[] {GOOD, BAD}) {
      assertSame(services -> ListRun.over(services).with("-f", format).answer(), yaml);
    }
    assertThat(ListRun.over(guest(GOOD)).with("-f", format).said()).isEmpty();
  }

  @Test
  void list_ofAGuestsKinds_hasTheirDetails() {
    assertThat(ListRun.over(guest(GOOD)).with().answer())
        .isEqualTo(
            """
            Providers
            └── front (acme/door)
                │   address: https://vault.example
                │   floor: 3
                │   tags: day
                └── keys (acme/vault) [alias: k]
                    │   account: 123456789012
                    │   hours: 8, 12
                    │   limit: 1h
                    └── images (integration acme/registry)
                            registry: registry.example
            """);
    assertThat(ListRun.over(guest(GOOD)).with("-f", "table").answer())
        .contains("front  acme/door  -       https://vault.example")
        .contains("keys  acme/vault  front -> keys  box small in 123456789012");
    assertThat(ListRun.over(guest(GOOD)).with("-f", "json").answer())
        .contains("\"supplied\": true", "\"floor\": 3", "\"box\": \"small\"")
        .doesNotContain("PLANTED");
  }

  @Test
  void completion_offersTheirNames() {
    ConfiguredAuthNames names = new ConfiguredAuthNames(guest(GOOD));

    assertThat(names.providers()).containsExactly("front");
    assertThat(names.identities()).containsExactly("keys");
    assertThat(names.integrations()).containsExactly("images");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void whoami_ofAGuestsIdentity_answersAsOfABuiltInOne(String format) {
    assertSame(services -> whoami(services, "K", "-o", format), whoamiConfig());
    assertSame(services -> whoami(services, "K", "--offline", "-o", format), whoamiConfig());
  }

  @Test
  void whoami_ofAGuestsIdentity_saysWhoItIs() {
    assertThat(whoami(guest(whoamiConfig()), "keys"))
        .isEqualTo(
            """
            identity   keys
            provider   front
            principal  arn:aws:sts::123456789012:assumed-role/Vault/me
            account    123456789012
            region     eu-west-3
            expires    13:00 (1 h)
            """);
    assertThat(whoami(guest(whoamiConfig()), "keys", "--offline"))
        .contains("principal  box small\n", "account    123456789012\n");
  }

  /** The guest's store isn't needed. */
  private static String whoamiConfig() {
    return GOOD.replace("type: acme-store", "type: plain").replace("drawer: A", "");
  }

  /** Signs in, and asks. */
  private static String whoami(FakeServices services, String... words) {
    services
        .withService(DataFormats.class, new FakeDataFormats())
        .withService(
            CallerIdentity.Source.class,
            (identity, credentials, region) ->
                new CallerIdentity(
                    "123456789012", "arn:aws:sts::123456789012:assumed-role/Vault/me"));
    AuthEngine engine = new AuthEngine(services);
    assertThat(engine.identities().credentials("keys").accessKeyId()).isEqualTo("ASIAVAULT");
    CommandSpec spec = new WhoamiCommand(engine).spec();
    new CommandLine(spec).parseArgs(words);
    try {
      assertThat(((Callable<?>) spec.userObject()).call()).isEqualTo(0);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    assertThat(services.console().answered()).doesNotContain(AuthTestContext.SECRET);
    return services.console().answered().replaceAll("[0-9a-f]{64}", "FINGERPRINT");
  }

  @Test
  void trust_ofAGuestsFields_goesByTheirEffects() {
    assertSame(services -> ValidateRun.of(services.withTrust(new DataOnly())).said(), GOOD);
    assertThat(ValidateRun.of(guest(GOOD).withTrust(new DataOnly())).said())
        .contains("atmos.yaml:4:39: warning: the file may not have the effect ENDPOINT")
        .contains("atmos.yaml:13:15: warning: the file may not have the effect COMMAND")
        .doesNotContain("effect CREDENTIAL", "effect DATA");
  }

  private static final class DataOnly implements TrustPolicy {
    @Override
    public boolean isTrusted(Position position) {
      return false;
    }

    @Override
    public void require(Effect effect, Position position, String value) {
      if (effect != Effect.DATA && effect != Effect.CREDENTIAL) {
        throw new AtmosException(
            ExitCode.USAGE, position + ": the file may not have the effect " + effect);
      }
    }
  }

  @Test
  void validating_loadsOnlyTheGuestsThatAreUsed() {
    FakeServices services = guest("auth: {identities: {a: {kind: acme/vault}}}");

    ValidateRun.of(services);

    assertThat(services.kinds().identities().found()).contains("acme/vault");
    assertThat(services.kinds().providers().found()).doesNotContain("acme/door");
    assertThat(services.kinds().integrations().found()).doesNotContain("acme/registry");
    assertThat(services.kinds().stores().found()).doesNotContain("acme-store");
  }
}
