package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A project's file that isn't trusted, over the user's own: it takes nothing away that counts. */
final class UntrustedMergeRunTest {
  private static final String OWN =
      """
      auth:
        keyring: {type: memory}
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: https://corp.awsapps.com/start
            region: us-east-1
            browser: firefox -P corp
            spec: {endpoint_url: "https://vpce.corp.example"}
        identities:
          dev:
            kind: mock/aws
            env: {STAGE: own, PROXY: corp}
          me:
            kind: aws/user
            credentials:
              access_key_id: AKIAIOSFODNN7EXAMPLE
              secret_access_key: abc
              mfa_arn: arn:aws:iam::111111111111:mfa/jane
              mfa_command: totp aws
            spec: {endpoint_url: "https://vpce.corp.example"}
          plain: {kind: mock/aws}
        integrations:
          demo:
            kind: aws/eks
            via: {identity: dev}
            spec:
              cluster: {name: demo, region: us-east-2, kubeconfig: {path: /home/dev/own.yaml}}
      """;

  private static AtmosRun project(String text) {
    return AtmosRun.unix()
        .file("~/.config/atmos/atmos.yaml", OWN)
        .file("atmos.yaml", text)
        .program("tool", "bin/tool")
        .program("atmos", "bin/atmos");
  }

  private static String shown(AtmosRun atmos, String path) {
    AtmosRun.Result result = atmos.run("config", "show", path);
    return result.exitCode() == 0 ? result.stdout().strip() : "";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth: !unset",
        "auth: []",
        "auth: none",
        "auth: !include other.yaml",
        "auth: {identities: !unset , integrations: !unset , providers: !unset }",
        "auth: {identities: [], integrations: [], providers: []}",
        "auth: {identities: x, integrations: x, providers: x}",
        "auth: {identities: !include other.yaml , integrations: !include other.yaml }",
        "auth: {identities: {dev: !unset , me: !unset }, integrations: {demo: !unset }}",
        "auth: {identities: {dev: [], me: x}, integrations: {demo: x}, providers: {corp: x}}",
        "auth: {identities: {DEV: {kind: mock/aws}}}",
        "auth: {identities: {dev: {kind: mock/aws, env: !unset }}}",
        "auth: {identities: {dev: {kind: mock/aws, env: }}}",
        "auth: {identities: {dev: {kind: mock/aws, env: []}}}",
        "auth: {identities: {dev: {kind: mock/aws, env: {AWS_REGION: eu-west-1}}}}",
        "auth: {identities: {dev: {kind: mock/aws, env: [{key: AWS_REGION, value: eu-west-1}]}}}",
        "auth: {identities: {me: {kind: aws/user, credentials: {mfa_command: }, spec: }}}",
        "auth: {identities: {me: {kind: aws/user, spec: {endpoint_url: ''}}}}",
        "auth: {identities: {dev: {kind: mock/aws, env: {STAGE: own, PROXY: corp}}}}",
        "auth: {providers: {corp: {spec: {endpoint_url: 'https://vpce.corp.example'}}}}",
        "auth: {identities: {me: {kind: aws/user, spec: {endpoint_url: !env NOT_SET }}}}",
        "auth: {providers: {corp: {spec: !unset }}}",
        "auth: {providers: {corp: {spec: []}}}",
        "auth: {providers: {corp: {browser: !unset }}}",
        "auth: {providers: {corp: {browser: }}}",
        "auth: {providers: {corp: {spec: {endpoint_url: !unset }}}}",
        "auth: {integrations: {demo: {spec: {cluster: {kubeconfig: !unset }}}}}",
        "auth: {integrations: {demo: {spec: {cluster: {kubeconfig: []}}}}}",
        "auth: {integrations: {demo: {spec: {cluster: {kubeconfig: {path: ''}}}}}}",
        "auth: {keyring: !unset }",
      })
  void values_thatNeedTrust_stay(String text) {
    AtmosRun atmos = project(text).file("other.yaml", "x: {}\n");
    assertThat(shown(atmos, "auth.identities.me.credentials.mfa_command")).isEqualTo("totp aws");
    assertThat(shown(atmos, "auth.identities.me.spec.endpoint_url"))
        .isEqualTo("https://vpce.corp.example");
    assertThat(shown(atmos, "auth.providers.corp.spec.endpoint_url"))
        .isEqualTo("https://vpce.corp.example");
    assertThat(shown(atmos, "auth.integrations.demo.spec.cluster.kubeconfig.path"))
        .isEqualTo("/home/dev/own.yaml");
    assertThat(shown(atmos, "auth.providers.corp.browser")).isEqualTo("firefox -P corp");
    assertThat(shown(atmos, "auth.keyring.type")).isEqualTo("memory");
    assertThat(atmos.run("auth", "env", "-i", "dev", "--format", "json").answer())
        .contains("\"STAGE\": \"own\"", "\"PROXY\": \"corp\"");
  }

  @Test
  void values_thatNeedTrust_ofATrustedProject_areRemoved() {
    AtmosRun atmos =
        project("auth: {identities: {dev: {kind: mock/aws}}, keyring: !unset }")
            .env("ATMOS_TRUSTED_PATHS", "/project");
    assertThat(atmos.run("auth", "env", "-i", "dev", "--format", "json").answer())
        .doesNotContain("STAGE");
    assertThat(shown(atmos, "auth.keyring.type")).isEmpty();
  }

  @Test
  void values_thatAreData_areRemovedAndReplaced() {
    AtmosRun atmos = project("auth: {identities: {plain: !unset , other: {kind: mock/aws}}}");
    assertThat(atmos.run("auth", "list").answer()).contains("other").doesNotContain("plain");
  }

  @Test
  void value_inPlaceOfATrustedOne_isRefusedWhereItIsUsed() {
    AtmosRun atmos = project("auth: {identities: {dev: {kind: mock/aws, env: {STAGE: x}}}}");
    atmos.run("auth", "env", "-i", "dev").failedSaying(2, "wants to set a variable for programs");
    assertThat(atmos.run("auth", "env", "-i", "plain").answer()).contains("AWS_PROFILE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{kind: aws/ambient}",
        "{kind: !env KIND }",
        "{kind: }",
        "{}",
      })
  void definition_ofAnotherKind_isRefusedWhereItIsUsed(String definition) {
    AtmosRun atmos = project("auth: {identities: {dev: " + definition + "}}").keys();
    atmos
        .token("--identity", "dev")
        .failedSaying(
            2,
            "this file is not trusted, and wants to replace the definition in"
                + " /home/dev/.config/atmos/atmos.yaml",
            "give it another name");
    assertThat(atmos.run("auth", "env", "-i", "plain").answer()).contains("AWS_PROFILE");
    assertThat(atmos.run("auth", "validate").stderr()).contains("wants to replace the definition");
    assertThat(atmos.run("auth", "list").exitCode()).isZero();
    assertThat(atmos.run("__complete", "--", "auth", "login", "").answer()).contains("dev");
  }

  @Test
  void definition_ofAnotherKind_overOneThatIsData_isUsed() {
    AtmosRun atmos = project("auth: {identities: {plain: {kind: aws/ambient}}}").keys();
    assertThat(atmos.token("--identity", "plain").keyId()).isEqualTo(AtmosRun.KEY_ID);
  }
}
