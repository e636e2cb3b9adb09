package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file whose values the user has approved is trusted at once, in whatever form they are written:
 * no command says that it has changed or sends the user back to {@code config trust}.
 */
final class TrustedFormsRunTest {
  private static final List<String> COMMANDS =
      List.of(
          "config trust",
          "auth validate",
          "auth list",
          "auth env -i dev",
          "auth env -i role",
          "aws eks token --cluster-name demo --region us-east-2 -i role",
          "aws eks update-kubeconfig --integration demo",
          "config show");

  private static AtmosRun project(String file) {
    return AtmosRun.unix()
        .directory(".git")
        .file("atmos.yaml", file)
        .file("vars.yaml", "# variables\nSTAGE: dev\nOTHER: !env K\n")
        .file("pairs.yaml", "- {key: STAGE, value: dev}\n- {key: !env K , value: x}\n")
        .file("pair.yaml", "{key: STAGE, value: dev}\n")
        .file("t.yaml", "dev\n")
        .file("u.yaml", "# a remark\ndev\n")
        .file("t.txt", "dev\n")
        .file("t.exec.yaml", "!exec get\n")
        .file("url.txt", "http://127.0.0.1:9\n")
        .file("keyring.yaml", "{type: memory}\n")
        .file("more.yaml", "env: {STAGE: dev}\nsession: {duration: 1h}\n")
        .file("dev.yaml", "kind: aws/ambient\nenv: {STAGE: dev, K: !env K }\n")
        .file("identities.yaml", "dev: !include dev.yaml\nrole: !include dev.yaml\n")
        .file("auth.yaml", "identities: !include identities.yaml\nkeyring: {type: memory}\n")
        .env("K", "LD_PRELOAD")
        .env("URL", "http://127.0.0.1:9")
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        .command("get", "dev")
        .keys()
        .program("atmos", "bin/atmos")
        .program("tool", "bin/tool");
  }

  private static void trustsAtOnce(String file) {
    AtmosRun atmos = project(file);
    AtmosRun.Result trusted = atmos.run("config", "trust", "--yes");
    assertThat(trusted.exitCode()).as(trusted.stderr()).isZero();
    SoftAssertions softly = new SoftAssertions();
    for (String words : COMMANDS) {
      AtmosRun.Result result = atmos.unchecked(words.split(" ", -1));
      softly
          .assertThat(result.stdout() + result.stderr())
          .as(words + ", after:\n" + trusted.stderr())
          .doesNotContain("has changed", "config trust", "atmos can't ask");
    }
    softly
        .assertThat(atmos.run("config", "trust", "--list").stdout())
        .doesNotContainPattern("[0-9] changed");
    softly.assertAll();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env: {STAGE: dev}",
        "env: {STAGE: , OTHER: ~, THIRD: ''}",
        "env: {\"A.B\": dev, \"a in b\": x, 'A=B': c, \"A\\nB\": d, ' ': e}",
        "env: {STAGE: \"one\\ntwo\"}",
        "env: {STAGE: !env K , OTHER: !env K dev, THIRD: !env NONE }",
        "env: {STAGE: !exec get}",
        "env: {STAGE: !repo-root , OTHER: !cwd , THIRD: !random 5}",
        "env: {STAGE: !include t.yaml}",
        "env: {STAGE: !include u.yaml}",
        "env: {STAGE: !include t.txt}",
        "env: {STAGE: !include t.exec.yaml}",
        "credentials: {access_key_id: AKIA, secret_access_key: !include t.exec.yaml}",
        "env: {STAGE: !include.raw t.txt}",
        "env: !include vars.yaml",
        "env: !include pairs.yaml",
        "env: [!include pair.yaml]",
        "env: [!include pair.yaml, {key: OTHER, value: !include t.txt}]",
        "env: [{key: !env K , value: v}]",
        "env: [{key: !env K dev, value: !env K }]",
        "env: [{key: !exec get, value: v}]",
        "env: [{key: !include t.txt, value: v}]",
        "env: [{key: STAGE}, {key: OTHER, value: }, {key: THIRD, value: ~}]",
        "env: !append [{key: STAGE, value: dev}]",
        "env: [{value: dev, key: STAGE}]",
        "env: {<<: {STAGE: dev}, OTHER: x}",
        "env: {<<: !include vars.yaml, THIRD: x}",
        "env: {<<: [{STAGE: dev}, !include vars.yaml], THIRD: x}",
        "env: {STAGE: &a dev, OTHER: *a}",
        "env: [&p {key: STAGE, value: dev}, *p]",
        "env: {STAGE: !unset , OTHER: dev}",
        "env: !unset",
        "mfa_command: totp",
        "<<: !include more.yaml",
        "<<: [{env: {STAGE: dev}}, !include more.yaml]",
      })
  void fieldOfAnIdentity_onceTrusted_isTrusted(String field) {
    trustsAtOnce(
        """
        auth:
          identities:
            dev:
              kind: aws/ambient
              %s
        """
            .formatted(field));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "session_tags: {a: !env K , b: !env K }",
        "session_tags: {a: &v !env K , b: *v}",
        "session_tags: {<<: {a: !env K }}",
        "session_tags: {a: !exec get}",
        "session_tags: !include vars.yaml",
        "session_tags: {a: !include t.txt}",
        "external_id: !env K",
        "external_id: !exec get",
        "external_id: !include u.yaml",
        "source_identity: !include t.txt",
      })
  void fieldOfARole_onceTrusted_isTrusted(String field) {
    trustsAtOnce(
        """
        auth:
          identities:
            dev: {kind: aws/ambient}
            role:
              kind: aws/assume-role
              via: {identity: dev}
              principal:
                assume_role: arn:aws:iam::444455556666:role/x
                %s
              spec: {endpoint_url: !env URL }
        """
            .formatted(field));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth: !include auth.yaml",
        "auth: {identities: !include identities.yaml}",
        "auth: {identities: {dev: !include dev.yaml}}",
        "auth: {identities: {dev: &d {kind: aws/ambient, env: {STAGE: dev}}, role: *d}}",
        "auth: {identities: {dev: &d {kind: aws/ambient, env: {A: b}}, role: {<<: *d, alias: r}}}",
        "auth: {identities: {dev: {<<: !include dev.yaml, alias: d}}}",
        "auth: {identities: {\"a b.c\\\"d\": {kind: aws/ambient, env: {A: b}}}}",
        "auth: {keyring: {type: memory}, identities: {dev: {kind: aws/ambient}}}",
        "auth: {keyring: !include keyring.yaml, identities: {dev: {kind: aws/ambient}}}",
        "auth: {keyring: {type: !env NONE memory}, identities: {dev: {kind: aws/ambient}}}",
        "auth: {keyring: {<<: !include keyring.yaml}, identities: {dev: {kind: aws/ambient}}}",
        "auth: {keyring: [], identities: {dev: {kind: aws/ambient}}}",
        "auth: {keyring: {type: file, spec: {path: !env K }}, identities: {dev: {kind:"
            + " aws/ambient}}}",
        "audit: {file: !env NONE audit.jsonl}\nauth: {identities: {dev: {kind: aws/ambient}}}",
        "env: {ATMOS_KEYRING_TYPE: memory}\nauth: {identities: {dev: {kind: aws/ambient}}}",
        "env: {ATMOS_KEYRING_TYPE: !env NONE memory}\n"
            + "auth: {identities: {dev: {kind: aws/ambient}}}",
        "env: {FOO: !include t.yaml}\nauth: {identities: {dev: {kind: aws/ambient}}}",
        "env: {FOO: !env K , ATMOS_IDENTITY: !env K }\n"
            + "auth: {identities: {dev: {kind: aws/ambient}}}",
        "vars: {a: !exec get, b: &e !exec get, c: [*e, !env K ], d: !include vars.yaml}",
        "profiles: {default: !env NONE }\nbase_path: !env NONE .\nimport: [!env NONE more.yaml]",
      })
  void file_onceTrusted_isTrusted(String file) {
    trustsAtOnce(file + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: demo, region: us-east-2, kubeconfig: {path: k}}",
        "{name: !env K , region: us-east-2, kubeconfig: {path: !env K }}",
        "{name: demo, region: us-east-2, kubeconfig: {path: !include t.txt}}",
        "{name: demo, region: us-east-2, kubeconfig: {<<: {path: k}}}",
        "{name: demo, region: us-east-2, alias: !env K , kubeconfig: &k {path: !exec get}}",
      })
  void cluster_onceTrusted_isTrusted(String cluster) {
    trustsAtOnce(
        """
        auth:
          identities: {dev: {kind: aws/ambient}}
          integrations:
            demo: {kind: aws/eks, via: {identity: dev}, spec: {cluster: %s}}
        """
            .formatted(cluster));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profiles: {base_path: ~/profiles, default: dev}",
        "profiles: {base_path: ../elsewhere, default: dev}",
      })
  void profiles_outsideOfTheProject_areUsedOnceTrusted(String text) {
    String identity = "auth: {identities: {me: {kind: mock/aws}}}\n";
    AtmosRun atmos =
        project(text + "\n")
            .file("~/profiles/dev/a.yaml", identity)
            .file("../elsewhere/dev/a.yaml", identity);
    atmos.run("auth", "list").failedSaying(2, "wants to ");
    assertThat(atmos.run("config", "trust", "--yes").exitCode()).isZero();
    assertThat(atmos.run("auth", "list").answer()).contains("me (mock/aws)");
    assertThat(atmos.run("config", "trust").stderr()).doesNotContain("has changed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env: {STAGE: !include t.txt}",
        "env: {STAGE: !include t.yaml}",
        "mfa_command: !include t.txt",
        "via: {identity: x}\n      principal: {session_name: !include t.txt}",
      })
  void includedText_thatNeedsTrust_isSaidNotToGetIt(String field) {
    AtmosRun atmos =
        project(
            """
            auth:
              identities:
                dev:
                  kind: %s
                  %s
            """
                .formatted(
                    field.startsWith("env")
                        ? "aws/ambient"
                        : field.startsWith("mfa") ? "aws/user" : "aws/assume-role",
                    field.startsWith("mfa") ? "credentials: {" + field + "}" : field)
                .replace("aws/assume-role\n      credentials", "aws/user\n      credentials"));
    for (String words : List.of("config trust", "config trust --yes")) {
      AtmosRun.Result result = atmos.run(words.split(" ", -1));
      assertThat(result.exitCode()).as(result.stderr()).isZero();
      assertThat(result.stderr())
          .contains("/project/t.", "what is included is never trusted", "Trust doesn't help")
          .doesNotContain("Nothing here needs");
    }
  }
}
