package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.auth.VaultKinds;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ValidateCommandTest {
  private static final String GOOD =
      """
      auth:
        providers: {ci: {kind: github/oidc}}
        identities:
          deploy:
            kind: aws/assume-role
            via: {provider: ci}
            principal: {assume_role: 'arn:aws:iam::123456789012:role/x'}
          me: {kind: aws/user}
      """;
  private static final String WARNS = "auth: {identities: {me: {kind: aws/user, alais: x}}}";
  private static final String FAILS =
      "auth: {nonsense: 1, identities: {me: {kind: aws/user, tags: x}}}";

  /** Trusts hosts of AWS, and nothing else. */
  private static final TrustPolicy NOTHING_TRUSTED =
      new TrustPolicy() {
        @Override
        public boolean isTrusted(Position position) {
          return false;
        }

        @Override
        public void require(Effect effect, Position position, String value) {
          String want =
              switch (effect) {
                case COMMAND -> "wants to run a command";
                case ENDPOINT ->
                    value.contains("awsapps.com") ? "" : "names a host that is not AWS's";
                default -> "";
              };
          if (!want.isEmpty()) {
            throw new AtmosException(
                ExitCode.USAGE,
                position + ": this file is not trusted, and " + want,
                "read it, then run: atmos config trust " + position.source().name());
          }
        }
      };

  @Test
  void name_thatLooksLikeAnOption_isAnError() {
    ValidateRun run = ValidateRun.of("auth: {identities: {-rf: {kind: aws/user}}}");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.said())
        .contains(
            "the name of identity '-rf' begins with a dash as options do; give it another name");
  }

  /** Eight levels of nine: 43 million paths lead to the innermost text. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aliases_nested_areFollowedOnce(boolean lists) {
    Position position = new Position(new Source("atmos.yaml", ""), 1, 1);
    ConfigValue nested = new ConfigText("x", true, position);
    for (int level = 0; level < 8; level++) {
      Map<String, ConfigMap.Entry> nine = new LinkedHashMap<>();
      for (int i = 0; i < 9; i++) {
        nine.put("k" + i, new ConfigMap.Entry(position, nested));
      }
      nested =
          lists
              ? new ConfigList(Collections.nCopies(9, nested), position)
              : new ConfigMap(nine, position);
    }
    ConfigMap auth = YamlConfig.auth("auth: {identities: {me: {kind: aws/user}}}");
    ConfigMap me = auth.map("identities").orElseThrow().map("me").orElseThrow();
    for (String field : List.of("env", "spec", "via", "credentials", "unknown")) {
      me = with(me, field, nested);
    }
    ConfigMap identities = with(with(new ConfigMap(Map.of(), position), "me", me), "us", nested);
    ConfigMap root =
        with(
            new ConfigMap(Map.of(), position),
            "auth",
            with(with(auth, "identities", identities), "providers", nested));

    ValidateRun run =
        assertTimeoutPreemptively(
            Duration.ofSeconds(2),
            () ->
                ValidateRun.of(
                    AuthTestContext.addBuiltInKinds(new FakeServices().withConfig(root))));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.said())
        .contains(
            "identity 'me' has more than 10000 values; look for aliases that refer to aliases");
  }

  private static ConfigMap with(ConfigMap map, String key, ConfigValue value) {
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>(map.entries());
    entries.put(key, new ConfigMap.Entry(map.position(), value));
    return new ConfigMap(entries, map.position());
  }

  @Test
  void goodSection_isSaidToBe_onStandardError() {
    ValidateRun run = ValidateRun.of(GOOD);

    assertThat(run)
        .isEqualTo(
            new ValidateRun(
                0,
                "",
                "auth: 1 provider, 2 identities and no integrations: no errors and no"
                    + " warnings\n"));
    assertThat(ValidateRun.of(GOOD, "--strict").exitCode()).isZero();
  }

  @Test
  void configurationWithoutTheSection_isValid() {
    ValidateRun run = ValidateRun.of("other: {}");

    assertThat(run)
        .isEqualTo(new ValidateRun(0, "", "no auth section: no errors and no warnings\n"));
  }

  @Test
  void warnings_failOnlyWhereThatIsAskedFor() {
    assertThat(ValidateRun.of(WARNS).exitCode()).isZero();
    assertThat(ValidateRun.of(WARNS, "--strict").exitCode()).isEqualTo(2);
    assertThat(ValidateRun.of(WARNS, "--strict").said())
        .isEqualTo(
            """
            atmos.yaml:1:42: warning: unknown key 'alais'; did you mean alias?
              1 | auth: ... alais: ...
            auth: no providers, 1 identity and no integrations: no errors and 1 warning
            """);
  }

  @Test
  void json_hasErrorsAndWarningsApart() {
    ValidateRun run = ValidateRun.of(FAILS, "--output", "json");

    assertThat(run)
        .isEqualTo(
            new ValidateRun(
                2,
                """
                {
                  "valid": false,
                  "errors": [
                    {
                      "file": "atmos.yaml",
                      "line": 1,
                      "column": 61,
                      "path": "auth.identities.me.tags",
                      "message": "'tags' must be a list, and is a text",
                      "hint": null
                    }
                  ],
                  "warnings": [
                    {
                      "file": "atmos.yaml",
                      "line": 1,
                      "column": 8,
                      "path": "auth.nonsense",
                      "message": "unknown key 'nonsense'",
                      "hint": "known here: realm, logs, keyring, console, providers, identities, integrations"
                    }
                  ]
                }
                """,
                ""));
  }

  @Test
  void json_ofAGoodSection_isValid() {
    assertThat(ValidateRun.of(GOOD, "-o", "json"))
        .isEqualTo(
            new ValidateRun(
                0,
                """
                {
                  "valid": true,
                  "errors": [],
                  "warnings": []
                }
                """,
                ""));
    assertThat(ValidateRun.of(WARNS, "-o", "json").answered()).startsWith("{\n  \"valid\": true,");
    assertThat(ValidateRun.of(WARNS, "-o", "json", "--strict").answered())
        .startsWith("{\n  \"valid\": false,\n  \"errors\": [],\n  \"warnings\": [\n    {");
  }

  @Test
  void problems_moreThanAPersonReads_areCounted() {
    StringBuilder yaml = new StringBuilder("auth:\n  identities:\n");
    for (int i = 0; i < 250; i++) {
      yaml.append("    i").append(i).append(": {kind: aws/user, alais: x}\n");
    }
    String said = ValidateRun.of(yaml.toString()).said();
    assertThat(said.lines().filter(line -> line.contains("did you mean alias?"))).hasSize(200);
    assertThat(said).contains("and 50 more warnings, with -o json\n", "no errors and 250 warnings");
  }

  @Test
  void output_ofAnotherForm_isRefused() {
    assertThatThrownBy(() -> ValidateRun.of(GOOD, "--output", "yaml"))
        .isInstanceOfSatisfying(
            AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage("--output must be text or json, not 'yaml'");
  }

  @Test
  void extraWords_areRefused() {
    CommandLine command =
        new CommandLine(new ValidateCommand(new AuthEngine(new FakeServices())).spec());

    assertThatThrownBy(() -> command.parseArgs("dev"))
        .isInstanceOf(CommandLine.UnmatchedArgumentException.class);
  }

  @Test
  void sectionOfAnotherType_failsAsEverywhere() {
    assertThatThrownBy(() -> ValidateRun.of("auth: x"))
        .isInstanceOf(AtmosException.class)
        .hasMessageStartingWith("atmos.yaml:1:1: 'auth' must be a mapping, and is a text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ATMOS_AUTH_REALM | acme | ",
        "ATMOS_AUTH_REALM | '' | ",
        "ATMOS_AUTH_REALM | a/b | error: 'ATMOS_AUTH_REALM' must be 1 to 64 lower-case letters and"
            + " digits, with single '-' or '_' between them; for example: acme-platform",
        "ATMOS_KEYRING_TYPE | none | ",
        "ATMOS_KEYRING_TYPE | plan | error: 'ATMOS_KEYRING_TYPE' must be file, memory, none,"
            + " plain or system; did you mean plain?",
      })
  void variables_areChecked(String name, String value, String said) {
    FakeServices context = AuthTestContext.addBuiltInKinds(new FakeServices());
    context.environment().set(name, value);

    ValidateRun run = ValidateRun.of(context);

    assertThat(run.exitCode()).isEqualTo(said == null ? 0 : 2);
    assertThat(run.said().lines().findFirst())
        .contains(said == null ? "no auth section: no errors and no warnings" : said);
  }

  @Test
  void variable_inJson_hasNoPlace() {
    FakeServices context = AuthTestContext.addBuiltInKinds(new FakeServices());
    context.environment().set("ATMOS_AUTH_REALM", "..");

    assertThat(ValidateRun.of(context, "-o", "json").answered())
        .contains(
            """
                  "file": null,
                  "line": null,
                  "column": null,
                  "path": "ATMOS_AUTH_REALM",
            """);
  }

  @Test
  void kindThatNoPluginSupplies_isAWarning_onceForAllThatHaveIt() {
    ValidateRun run =
        ValidateRun.of(
            """
            auth:
              identities:
                a: {kind: ambient}
                b: {kind: gcp/project}
                c: {kind: gcp/project}
                d: {kind: acme/safe}
            """);

    assertThat(run.exitCode()).isZero();
    assertThat(run.said())
        .isEqualTo(
            "atmos.yaml:4:15: warning: no plugin supplies kind 'gcp/project' of identity 'b' (and"
                + " 1 more); a plugin for Google Cloud could supply it\n"
                + "  4 |     b: ... kind: ...\n"
                + "atmos.yaml:6:15: warning: no plugin supplies kind 'acme/safe' of identity 'd';"
                + " known: ambient, aws/ambient, aws/assume-role, aws/assume-root,"
                + " aws/login, aws/permission-set, aws/user, mock, mock/aws\n"
                + "  6 |     d: ... kind: ...\n"
                + "auth: no providers, 4 identities and no integrations: no errors and 2"
                + " warnings\n");
  }

  @Test
  void whatAnUntrustedFileWouldRun_isAWarningForEachValue() {
    FakeServices context =
        AuthTestContext.addBuiltInKinds(new FakeServices())
            .withTrust(NOTHING_TRUSTED)
            .withConfig(
                YamlConfig.root(
                    """
                    auth:
                      providers:
                        sso:
                          kind: aws/iam-identity-center
                          start_url: https://acme.awsapps.com/start
                          region: us-east-2
                          spec: {endpoint_url: 'https://evil.example'}
                        other:
                          kind: aws/iam-identity-center
                          start_url: https://evil.example/start
                          region: us-east-2
                      identities:
                        me:
                          kind: aws/user
                          credentials:
                            mfa_arn: arn:aws:iam::123456789012:mfa/x
                            mfa_command: code
                          tags: [!exec 'touch /tmp/mark']
                    """));
    ValidateRun run = ValidateRun.of(context);

    assertThat(run.exitCode()).isZero();
    assertThat(run.said())
        .isEqualTo(
            "atmos.yaml:7:28: warning: this file is not trusted, and names a host that is not"
                + " AWS's; read it, then run: atmos config trust atmos.yaml\n"
                + "  7 |       spec: ... endpoint_url: ...\n"
                + "atmos.yaml:10:18: warning: this file is not trusted, and names a host that is"
                + " not AWS's; read it, then run: atmos config trust atmos.yaml\n"
                + "  10 |       start_url: ...\n"
                + "atmos.yaml:17:22: warning: this file is not trusted, and wants to run a command;"
                + " read it, then run: atmos config trust atmos.yaml\n"
                + "  17 |         mfa_command: ...\n"
                + "atmos.yaml:18:14: warning: this file is not trusted, and wants to run a command;"
                + " read it, then run: atmos config trust atmos.yaml\n"
                + "  18 |       tags: ...\n"
                + "auth: 2 providers, 1 identity and no integrations: no errors and 4 warnings\n");
  }

  @Test
  void commands_ofTheConfiguration_areNotRun() {
    ValidateRun run =
        ValidateRun.of(
            """
            auth:
              realm: !exec realm
              providers:
                sso: {kind: aws/iam-identity-center, start_url: !exec url, region: !exec region}
              identities:
                me:
                  kind: aws/user
                  default: !exec default
                  credentials: {access_key_id: !exec id, secret_access_key: !exec key}
                dev:
                  kind: aws/permission-set
                  via: {provider: sso}
                  principal: {name: !exec name, account: {id: !exec id}}
            """);

    assertThat(run.said())
        .isEqualTo(
            "auth: 1 provider, 2 identities and no integrations: no errors and no warnings\n");
  }

  @Test
  void integrationKind_thatAPluginSupplies_isNoProblem() {
    String yaml =
        """
        auth:
          identities: {dev: {kind: ambient}}
          integrations:
            supplied: {kind: acme/registry, via: {identity: dev}, spec: {host: r.example}}
            other: {kind: acme/other-kind, via: {identity: dev}}
        """;
    FakeServices context =
        new VaultKinds("acme")
            .addGuest(AuthTestContext.addBuiltInKinds(new FakeServices()))
            .withConfig(YamlConfig.root(yaml));
    assertThat(ValidateRun.of(context).said())
        .contains("no plugin supplies kind 'acme/other-kind'")
        .doesNotContain("'acme/registry' of")
        .endsWith("no errors and 1 warning\n");
  }

  @Test
  void role_ofARole_forMoreThanAnHour_isAnErrorAtItsLine() {
    String yaml =
        """
        auth:
          providers: {corp: {kind: aws/iam-identity-center, start_url: "https://x.example.com", region: us-east-1}}
          identities:
            user: {kind: aws/user}
            set: {kind: aws/permission-set, via: {provider: corp}, principal: {name: a, account: x}}
            first:
              kind: aws/assume-role
              via: {identity: user}
              principal: {assume_role: 'arn:aws:iam::123456789012:role/x', duration: 12h}
            second:
              kind: aws/assume-role
              via: {identity: VIA}
              principal:
                assume_role: 'arn:aws:iam::123456789012:role/x'
                duration: LENGTH
        """;
    for (String via : new String[] {"first", "set"}) {
      ValidateRun run = ValidateRun.of(yaml.replace("VIA", via).replace("LENGTH", "61m"));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.said())
          .startsWith(
              "atmos.yaml:15:9: error: 'duration' is more than 1h, which is the most that AWS gives"
                  + " a role that is assumed from another role\n");
      assertThat(ValidateRun.of(yaml.replace("VIA", via).replace("LENGTH", "1h")).exitCode())
          .isZero();
    }
    assertThat(ValidateRun.of(yaml.replace("VIA", "user").replace("LENGTH", "12h")).exitCode())
        .isZero();
  }
}
