package dev.atmos.auth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.services.testing.YamlConfig;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind, written out in full, and the values that it becomes. */
class GoodExamplesTest {
  private static final String ARN = "arn:aws:iam::123456789012:";

  private String text = "";

  private AuthConfig read(String yaml) {
    text = yaml;
    AuthReader reader = new AuthReader(YamlConfig.auth(yaml));
    assertThat(reader.problems()).isEmpty();
    assertThat(AuthGraph.of(reader.config()).problems()).isEmpty();
    return reader.config();
  }

  private ProviderDefinition provider(String fields) {
    String yaml = "auth:\n  providers:\n    it:\n" + fields.indent(6);
    return Named.of(read(yaml).providers(), "it");
  }

  /** An identity, with a provider or an identity to go through where it needs one. */
  private IdentityDefinition identity(String fields) {
    String yaml =
        "auth:\n"
            + "  providers: {sso: {kind: mock}}\n"
            + "  identities:\n"
            + "    base: {kind: ambient, alias: b}\n"
            + "    it:\n"
            + fields.indent(6);
    return Named.of(read(yaml).identities(), "it");
  }

  private IntegrationDefinition integration(String fields) {
    String yaml =
        "auth:\n"
            + "  identities: {base: {kind: ambient}}\n"
            + "  integrations:\n"
            + "    it:\n"
            + fields.indent(6);
    return Named.of(read(yaml).integrations(), "it");
  }

  private Position at(int line, int column) {
    return new Position(new Source("atmos.yaml", text), line, column);
  }

  private Located located(String value, int line, int column) {
    return new Located(value, at(line, column));
  }

  @Test
  void section_ofGeneralSettings_isRead() {
    AuthConfig config =
        read(
            """
            auth:
              realm: acme-eu_1
              logs: {level: Warn, file: /dev/null}
              keyring: {type: file, spec: {path: ~/keys, password_env: KEY}}
              console: {isolated: true}
            """);

    assertThat(config)
        .isEqualTo(
            new AuthConfig(
                "acme-eu_1",
                "Warn",
                "/dev/null",
                new Keyring(Keyring.Type.FILE, "~/keys", "KEY"),
                true,
                Map.of(),
                Map.of(),
                Map.of()));
  }

  @Test
  void section_withoutAnything_isEmpty() {
    assertThat(read("auth: {}")).isEqualTo(AuthConfig.EMPTY);
    assertThat(read("auth: {realm: ~, logs: , keyring: , providers: ~, identities: }"))
        .isEqualTo(AuthConfig.EMPTY);
  }

  @Test
  void console_byItsOtherName_isRead() {
    assertThat(read("auth: {console: {isolated_sessions: true}}").isolatedConsole()).isTrue();
    assertThat(
            read("auth: {console: {isolated: false, isolated_sessions: true}}").isolatedConsole())
        .isFalse();
  }

  @Test
  void iamIdentityCenter_inFull_isRead() {
    ProviderDefinition provider =
        provider(
            """
            kind: aws/iam-identity-center
            start_url: https://acme.awsapps.com/start/#
            region: us-gov-west-1
            auto_provision_identities: True
            default: true
            tags: [prod, eu]
            session: {duration: 90m}
            console: {session_duration: 43200}
            spec:
              files: {base_path: ~/x}
              endpoint_url: http://localhost:4566
            """);

    assertThat(provider)
        .isEqualTo(
            new ProviderDefinition(
                "it",
                "aws/iam-identity-center",
                at(3, 5),
                at(4, 13),
                true,
                List.of("prod", "eu"),
                Duration.ofMinutes(90),
                Duration.ofHours(12),
                List.of(),
                new ProviderDetails.IamIdentityCenter(
                    located("https://acme.awsapps.com/start/#", 5, 18),
                    "us-gov-west-1",
                    true,
                    "~/x",
                    located("http://localhost:4566", 14, 23))));
    assertThat(provider.region()).isEqualTo("us-gov-west-1");
  }

  @Test
  void iamIdentityCenter_withTheEndpointInItsFormerPlace_isRead() {
    ProviderDefinition provider =
        provider(
            """
            kind: aws/iam-identity-center
            start_url: https://acme.awsapps.com/start
            region: us-east-2
            spec: {aws: {resolver: {url: https://sso.example}}}
            """);

    assertThat(provider.details())
        .isEqualTo(
            new ProviderDetails.IamIdentityCenter(
                located("https://acme.awsapps.com/start", 5, 18),
                "us-east-2",
                false,
                null,
                located("https://sso.example", 7, 36)));
  }

  @Test
  void saml_inFull_isRead() {
    ProviderDefinition provider =
        provider(
            """
            kind: aws/saml
            url: https://acme.okta.com/app/x
            region: eu-central-1
            driver: Okta
            username: jane
            password: CANARY
            download_browser_driver: true
            browser_type: chromium
            browser_executable_path: /usr/bin/chromium
            session: {duration: 1h}
            spec: {files: {base_path: /x}, endpoint_url: 'https://sts.example'}
            """);

    assertThat(provider.details())
        .isEqualTo(
            new ProviderDetails.Saml(
                located("https://acme.okta.com/app/x", 5, 12),
                "eu-central-1",
                "Okta",
                "jane",
                Secret.of("CANARY"),
                true,
                "chromium",
                located("/usr/bin/chromium", 12, 32),
                "/x",
                located("https://sts.example", 14, 52)));
    assertThat(provider.toString()).doesNotContain("CANARY");
  }

  @Test
  void saml_withTheDriversFormerName_isRead() {
    ProviderDefinition provider =
        provider(
            """
            kind: aws/saml
            url: https://idp.example
            region: us-east-2
            provider_type: ADFS
            """);

    assertThat(provider.details()).extracting("driver").isEqualTo("ADFS");
  }

  @Test
  void githubOidc_isRead() {
    assertThat(provider("kind: github/oidc").details())
        .isEqualTo(new ProviderDetails.GithubOidc("sts.amazonaws.com", null));
    assertThat(provider("kind: github/oidc\nregion: us-east-2\nspec: {audience: acme}").details())
        .isEqualTo(new ProviderDetails.GithubOidc("acme", "us-east-2"));
  }

  @ParameterizedTest
  @CsvSource({"mock", "mock/aws"})
  void mock_isRead(String kind) {
    assertThat(provider("kind: " + kind).details()).isEqualTo(new ProviderDetails.Mock());
    assertThat(identity("kind: " + kind).details()).isEqualTo(new IdentityDetails.Mock());
    assertThat(identity("kind: " + kind + "\nvia: {provider: sso}").via())
        .isEqualTo(new Via.OfProvider("sso", at(7, 23)));
  }

  @Test
  void permissionSet_inFull_isRead() {
    IdentityDefinition identity =
        identity(
            """
            kind: aws/permission-set
            default: true
            required: true
            alias: admin
            via: {provider: SSO}
            principal:
              name: AdministratorAccess
              account: {id: 012345678901, name: dev}
              region: us-west-2
            spec: {endpoint_url: 'https://sso.example'}
            env:
              - {key: A, value: CANARY}
              - {key: b}
            session: {duration: 7d}
            provider: sso
            emulator: local
            tags: [x]
            """);

    assertThat(identity)
        .isEqualTo(
            new IdentityDefinition(
                "it",
                "aws/permission-set",
                at(5, 5),
                at(6, 13),
                true,
                true,
                located("admin", 9, 14),
                new Via.OfProvider("SSO", at(10, 23)),
                List.of(
                    new EnvironmentVariable("A", Secret.of("CANARY")),
                    new EnvironmentVariable("b", Secret.of(""))),
                Duration.ofDays(7),
                "sso",
                "local",
                List.of("x"),
                List.of(),
                new IdentityDetails.PermissionSet(
                    "AdministratorAccess",
                    new IdentityDetails.Account("012345678901", "dev"),
                    "us-west-2",
                    located("https://sso.example", 15, 28))));
    assertThat(identity.region()).isEqualTo("us-west-2");
    assertThat(identity.toString()).doesNotContain("CANARY");
  }

  @ParameterizedTest
  @CsvSource({
    "dev, , dev",
    "012345678901, 012345678901, ",
    "12345678901, , 12345678901",
    "'{name: dev}', , dev",
    "'{id: 012345678901}', 012345678901, ",
    "'{id: 012345678901, name: }', 012345678901, ",
    "'no', , no"
  })
  void account_ofEveryForm_isRead(String written, String id, String name) {
    IdentityDefinition identity =
        identity(
            "kind: aws/permission-set\nvia: {provider: sso}\nprincipal: {name: x, account: "
                + written
                + "}");

    assertThat(identity.details())
        .extracting("account")
        .isEqualTo(new IdentityDetails.Account(id, name));
  }

  @Test
  void permissionSet_withTheEndpointInItsFormerPlace_isRead() {
    IdentityDefinition identity =
        identity(
            """
            kind: aws/permission-set
            via: {provider: sso}
            principal: {name: x, account: dev}
            credentials: {aws: {resolver: {url: 'http://127.0.0.1:4566/'}}}
            """);

    assertThat(identity.details())
        .extracting("endpointUrl")
        .isEqualTo(located("http://127.0.0.1:4566/", 9, 43));
  }

  @Test
  void env_asAMapping_isRead() {
    IdentityDefinition identity = identity("kind: ambient\nenv: {A: x, b: , c: ''}");

    assertThat(identity.env())
        .containsExactly(
            new EnvironmentVariable("A", Secret.of("x")),
            new EnvironmentVariable("b", Secret.of("")),
            new EnvironmentVariable("c", Secret.of("")));
  }

  @Test
  void assumeRole_inFull_isRead() {
    IdentityDefinition identity =
        identity(
            """
            kind: aws/assume-role
            via: {identity: b}
            principal:
              assume_role: arn:aws-cn:iam::123456789012:role/path/deploy
              session_name: a session
              external_id: acme:1/2
              source_identity: jane@acme
              session_tags: {team: platform, "cost center": "", z: 1}
              duration: 1h30m
              region: cn-north-1
            spec: {endpoint_url: 'http://[::1]:4566'}
            """);

    assertThat(identity.via()).isEqualTo(new Via.OfIdentity("b", at(7, 23)));
    assertThat(identity.details())
        .isEqualTo(
            new IdentityDetails.AssumeRole(
                "arn:aws-cn:iam::123456789012:role/path/deploy",
                "a session",
                "acme:1/2",
                "jane@acme",
                Map.of("team", "platform", "cost center", "", "z", "1"),
                Duration.ofMinutes(90),
                "cn-north-1",
                located("http://[::1]:4566", 16, 28)));
  }

  @Test
  void assumeRoot_inFull_isRead() {
    IdentityDefinition identity =
        identity(
            """
            kind: aws/assume-root
            via: {identity: BASE}
            principal:
              target_principal: 012345678901
              task_policy_arn: arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy
              duration: 900
              region: us-east-2
            spec: {endpoint_url: 'https://sts.example/'}
            """);

    assertThat(identity.details())
        .isEqualTo(
            new IdentityDetails.AssumeRoot(
                "012345678901",
                "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy",
                Duration.ofMinutes(15),
                "us-east-2",
                located("https://sts.example/", 13, 28)));
  }

  @Test
  void user_inFull_isRead() {
    IdentityDefinition identity =
        identity(
            """
            kind: aws/user
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: CANARY
              mfa_arn: arn:aws:iam::123456789012:mfa/jane
              mfa_command: ykman oath accounts code --single aws
              region: us-east-2
              webflow_enabled: false
            session: {duration: 36h}
            spec: {endpoint_url: 'https://sts.example/'}
            """);

    assertThat(identity.details())
        .isEqualTo(
            new IdentityDetails.User(
                "AKIDEXAMPLE",
                Secret.of("CANARY"),
                ARN + "mfa/jane",
                located("ykman oath accounts code --single aws", 11, 22),
                false,
                "us-east-2",
                located("https://sts.example/", 15, 28)));
    assertThat(identity.sessionDuration()).isEqualTo(Duration.ofHours(36));
    assertThat(identity.toString()).doesNotContain("CANARY");
  }

  @Test
  void user_withoutAnything_isReadWithItsDefaults() {
    assertThat(identity("kind: aws/user\ncredentials: {mfa_arn: !env MFA}").details())
        .isEqualTo(new IdentityDetails.User(null, null, null, null, true, null, null));
  }

  @Test
  void ambient_isRead() {
    assertThat(identity("kind: aws/ambient\nprincipal: {region: us-east-2}").details())
        .isEqualTo(new IdentityDetails.Ambient("us-east-2"));
    assertThat(identity("kind: ambient\nvia: ~").details())
        .isEqualTo(new IdentityDetails.Ambient(null));
  }

  @Test
  void eks_inFull_isRead() {
    IntegrationDefinition integration =
        integration(
            """
            kind: aws/eks
            via: {identity: base}
            spec:
              auto_provision: false
              cluster:
                name: prod.eu_1
                region: eu-west-1
                alias: prod
                kubeconfig: {path: ~/.kube/prod, mode: 0640, update: replace}
            """);

    assertThat(integration)
        .isEqualTo(
            new IntegrationDefinition(
                "it",
                "aws/eks",
                at(4, 5),
                at(5, 13),
                new Via.OfIdentity("base", at(6, 23)),
                false,
                List.of(),
                new IntegrationDetails.Eks(
                    "prod.eu_1",
                    "eu-west-1",
                    "prod",
                    "~/.kube/prod",
                    0640,
                    IntegrationDetails.Update.REPLACE)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 384, MERGE",
    "'mode: 600, update: merge', 384, MERGE",
    "'mode: \"0400\", update: error', 256, ERROR"
  })
  void eks_kubeconfig_isReadWithItsDefaults(
      String kubeconfig, int mode, IntegrationDetails.Update update) {
    IntegrationDefinition integration =
        integration(
            "kind: aws/eks\nvia: {identity: base}\n"
                + "spec: {cluster: {name: a, region: us-east-2, kubeconfig: {"
                + kubeconfig
                + "}}}");

    assertThat(integration.autoProvision()).isTrue();
    assertThat(integration.details())
        .isEqualTo(new IntegrationDetails.Eks("a", "us-east-2", null, null, mode, update));
  }

  @Test
  void ecr_isRead() {
    assertThat(
            integration(
                    "kind: aws/ecr\nvia: {identity: base}\n"
                        + "spec: {registry: {account_id: 012345678901, region: us-east-2}}")
                .details())
        .isEqualTo(new IntegrationDetails.Ecr("012345678901", "us-east-2"));
    assertThat(integration("kind: aws/ecr-public\nvia: {identity: base}").details())
        .isEqualTo(new IntegrationDetails.EcrPublic("us-east-1"));
    assertThat(
            integration(
                    "kind: aws/ecr-public\nvia: {identity: base}\n"
                        + "spec: {registry: {region: us-west-2}}")
                .details())
        .isEqualTo(new IntegrationDetails.EcrPublic("us-west-2"));
  }

  @Test
  void definitions_keepTheConfigurationsOrder() {
    AuthConfig config =
        read("auth: {identities: {z: {kind: mock}, a: {kind: mock}, m: {kind: mock}}}");

    assertThat(config.identities().keySet()).containsExactly("z", "a", "m");
  }

  @Test
  void kindOfAPlugin_keepsItsFields() {
    AuthReader reader =
        new AuthReader(
            YamlConfig.auth(
                """
                auth:
                  providers: {p: {kind: acme/vault, url: x}}
                  identities: {i: {kind: acme/vault, via: {provider: p}, tags: [a], path: x}}
                  integrations: {n: {kind: acme/vault, via: {identity: i}, path: x}}
                """));

    assertThat(reader.problems()).isEmpty();
    IdentityDefinition identity = Named.of(reader.config().identities(), "i");
    assertThat(identity.tags()).containsExactly("a");
    assertThat(identity.details()).isInstanceOf(IdentityDetails.Other.class);
    ConfigMap fields = ((IdentityDetails.Other) identity.details()).fields();
    assertThat(fields.text("path")).contains("x");
    assertThat(Named.of(reader.config().providers(), "p").details())
        .isInstanceOf(ProviderDetails.Other.class);
    assertThat(Named.of(reader.config().integrations(), "n").details())
        .isInstanceOf(IntegrationDetails.Other.class);
  }

  @Test
  void brokenDefinition_leavesTheOthersWhole() {
    AuthReader reader =
        new AuthReader(
            YamlConfig.auth(
                """
                auth:
                  identities:
                    good: {kind: mock}
                    bad: {kind: aws/user, alias: x, tags: y, session: {duration: z}}
                """));

    assertThat(Named.of(reader.config().identities(), "good").details())
        .isEqualTo(new IdentityDetails.Mock());
    IdentityDefinition bad = Named.of(reader.config().identities(), "bad");
    assertThat(bad.alias()).extracting(Located::text).isEqualTo("x");
    assertThat(bad.tags()).isEmpty();
    assertThat(((IdentityDetails.Broken) bad.details()).problems())
        .extracting(ConfigProblem::path)
        .containsExactlyInAnyOrder(
            "auth.identities.bad.tags", "auth.identities.bad.session.duration");
    assertThatThrownBy(() -> reader.usableIdentity("bad")).hasMessageStartingWith("atmos.yaml:4:");
  }

  @Test
  void valuesOfCommands_areMadeOnUseOnly() {
    String yaml =
        """
        auth:
          providers:
            idp:
              kind: aws/saml
              url: !exec url
              region: us-east-2
              password: !exec password
          identities:
            me: {kind: aws/user, env: {A: !exec a}, tags: [!exec t, x]}
            dev:
              kind: aws/permission-set
              via: {provider: x}
              principal: {name: x, account: !exec account}
          integrations:
            c: {kind: aws/eks, via: {identity: me}, spec: {cluster: {name: !exec c, region: us-east-2}}}
        """;
    AuthReader reader =
        new AuthReader(
            YamlConfig.root(yaml, Map.of("url", "https://idp.example", "password", "CANARY"))
                .map("auth")
                .orElseThrow());

    ProviderDefinition listed = Named.of(reader.config().providers(), "idp");
    assertThat(listed.deferred()).containsExactly("url", "password");
    ProviderDetails.Saml details = (ProviderDetails.Saml) listed.details();
    assertThat(details.url().text()).isEqualTo("!exec");
    assertThat(details.password()).isNull();
    IdentityDefinition me = Named.of(reader.config().identities(), "me");
    assertThat(me.deferred()).containsExactly("env.A", "tags[0]");
    assertThat(me.env()).isEmpty();
    assertThat(me.tags()).containsExactly("x");
    assertThat(Named.of(reader.config().identities(), "dev").details())
        .extracting("account")
        .isEqualTo(new IdentityDetails.Account(null, "!exec"));

    IntegrationDefinition integration = Named.of(reader.config().integrations(), "c");
    assertThat(integration.deferred()).containsExactly("spec.cluster.name");

    ProviderDefinition used = reader.usableProvider("idp");
    assertThat(used.deferred()).isEmpty();
    assertThat(((ProviderDetails.Saml) used.details()).url().text())
        .isEqualTo("https://idp.example");
    assertThat(((ProviderDetails.Saml) used.details()).password()).isEqualTo(Secret.of("CANARY"));
    assertThat(used.position()).isEqualTo(listed.position());
  }

  @Test
  void valueOfACommand_thatIsWrong_isRefusedOnUse() {
    ConfigMap auth =
        YamlConfig.root(
                "auth: {providers: {gh: {kind: github/oidc, region: !exec region}}}",
                Map.of("region", "mars"))
            .map("auth")
            .orElseThrow();
    AuthReader reader = new AuthReader(auth);

    assertThat(reader.problems()).isEmpty();
    assertThatThrownBy(() -> reader.usableProvider("gh"))
        .hasMessageStartingWith("atmos.yaml:1:52: 'region' must be an AWS region");
  }

  @Test
  void mappingOfACommand_inPlaceOfNeededFields_doesNotBreakTheReader() {
    AuthReader reader =
        new AuthReader(
            YamlConfig.auth(
                """
                auth:
                  identities:
                    a: !exec a
                    b: {kind: aws/assume-role, via: !exec v, principal: !exec p}
                  integrations:
                    c: {kind: aws/ecr, via: {identity: b}, spec: !exec s}
                """));

    assertThat(reader.problems())
        .extracting(ConfigProblem::path)
        .containsExactly(
            "auth.identities.a",
            "auth.identities.b.via",
            "auth.identities.b.principal",
            "auth.integrations.c.spec");
  }
}
