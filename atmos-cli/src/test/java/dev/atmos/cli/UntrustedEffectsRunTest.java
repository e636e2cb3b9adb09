package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a project's file that isn't trusted can't do, whatever its schema allows: set variables for
 * programs, choose files that are written, or decide how secrets are kept.
 */
final class UntrustedEffectsRunTest {
  private static final String FILE = "/project/atmos.yaml";

  private static AtmosRun project(String... lines) {
    return AtmosRun.unix()
        .file("atmos.yaml", String.join("\n", lines) + "\n")
        .program("tool", "bin/tool")
        .program("atmos", "bin/atmos");
  }

  /** An identity whose {@code env} has these lines. */
  private static AtmosRun variables(String... lines) {
    List<String> all =
        new ArrayList<>(List.of("auth:", "  identities:", "    dev:", "      kind: mock/aws"));
    all.add("      env:");
    for (String line : lines) {
      all.add("        " + line);
    }
    return project(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BASH_ENV: ./p.sh",
        "PATH: /repo/bin",
        "PATH:",
        "PATH: ''",
        "AWS_ENDPOINT_URL: https://evil.example",
        "HTTPS_PROXY: http://evil.example:3128",
        "NODE_OPTIONS: --require ./p.js",
        "LD_PRELOAD: ./p.so",
        "AWS_REGION: $(id)",
        "AWS_PAGER: ./p.sh",
        "AWS_MAX_ATTEMPTS: '3; id'",
        "aws_region: eu-west-1",
        "- {key: LESSOPEN, value: '|./p.sh'}",
        "- {key: PATH}",
      })
  void variable_forPrograms_isRefusedAndNoProgramRuns(String line) {
    AtmosRun atmos = variables(line);
    for (String command : List.of("exec -- tool", "shell", "env", "env --static")) {
      atmos
          .run(("auth " + command).split(" ", -1))
          .failedSaying(
              2,
              FILE + ":6:",
              "this file is not trusted, and wants to set a variable for programs; read it, then"
                  + " run: atmos config trust "
                  + FILE);
    }
    assertThat(atmos.attached()).isEmpty();
    assertThat(atmos.run("auth", "validate").stderr() + atmos.run("auth", "validate").stdout())
        .contains(FILE + ":6:", "wants to set a variable for programs");
  }

  @Test
  void variable_onceItsFileIsTrusted_isSet() {
    AtmosRun atmos = variables("STAGE: dev");
    assertThat(atmos.run("config", "trust", "--yes").stderr())
        .contains(
            """
              sets 1 variable for programs: STAGE
                line 6, auth.identities.dev.env.STAGE:
                  | STAGE=dev
            """);
    assertThat(atmos.run("auth", "env", "--format", "json").answer())
        .contains("\"STAGE\": \"dev\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_REGION: eu-west-1",
        "AWS_DEFAULT_REGION: us-gov-west-1",
        "AWS_PAGER: ''",
        "AWS_RETRY_MODE: adaptive",
        "AWS_MAX_ATTEMPTS: 5",
        "AWS_SDK_LOAD_CONFIG: 1",
        "- {key: AWS_REGION, value: eu-west-1}",
      })
  void variable_thatIsHarmless_isSetWithoutAQuestion(String line) {
    AtmosRun atmos = variables(line);
    assertThat(atmos.run("auth", "env", "--format", "json").answer()).contains("AWS_");
    assertThat(atmos.run("config", "trust").stderr()).isEqualTo("Nothing here needs your trust.\n");
  }

  @Test
  void kubeconfig_atAChosenPath_isNotWritten() {
    AtmosRun atmos =
        project(
            "auth:",
            "  identities:",
            "    dev: {kind: mock/aws}",
            "  integrations:",
            "    demo:",
            "      kind: aws/eks",
            "      via: {identity: dev}",
            "      spec:",
            "        cluster:",
            "          {name: demo, region: us-east-2, kubeconfig: {path: ~/.bash_profile}}");
    atmos
        .run("aws", "eks", "update-kubeconfig", "--integration", "demo")
        .failedSaying(2, FILE + ":10:", "wants to choose which file is written");
    assertThat(atmos.run("auth", "login", "dev").stderr())
        .contains("wants to choose which file is written");
    assertThat(atmos.files()).doesNotContainKey("/home/dev/.bash_profile");
    assertThat(atmos.run("config", "trust", "--yes").stderr())
        .contains(
            """
              writes to 1 file
                line 10, auth.integrations.demo.spec.cluster.kubeconfig.path:
                  | ~/.bash_profile
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth: {keyring: {type: plain}}",
        "auth: {keyring: !unset }",
        "auth: {keyring: null}",
        "auth: !include other.yaml",
        "env: {ATMOS_KEYRING_TYPE: plain}",
      })
  void keyring_ofTheUser_isNotReplaced(String line) {
    AtmosRun atmos =
        project(line)
            .file("other.yaml", "keyring: {type: plain}\n")
            .file("/home/dev/.config/atmos/atmos.yaml", "auth: {keyring: {type: memory}}\n");
    assertThat(atmos.run("config", "show", "auth.keyring.type").answer().strip())
        .isEqualTo("memory");
  }

  @Test
  void keyring_onceItsFileIsTrusted_isUsed() {
    AtmosRun atmos = project("auth: {keyring: {type: none}}");
    assertThat(atmos.run("config", "show").answer()).doesNotContain("none");
    assertThat(atmos.run("config", "trust", "--yes").stderr())
        .contains(
            """
              changes 1 protected setting, which atmos ignores until you trust it
                line 1, auth.keyring, which decides how secrets are kept:
                  | type: none
            """);
    assertThat(atmos.run("config", "show").answer()).contains("none");
  }

  @Test
  void protectedSettings_areListedEachWithItsPlaceAndItsWords() {
    AtmosRun atmos =
        AtmosRun.unix()
            .file(
                "atmos.yaml",
                """
                env: {ATMOS_KEYRING_TYPE: plain}
                audit: {file: /tmp/audit.log, required: true}
                auth: {keyring: !include keys.yaml}
                """)
            .file("keys.yaml", "type: plain\n");
    assertThat(atmos.run("config", "files").answer())
        .endsWith(
            """

            Left out until you trust it:
              /project/atmos.yaml:3:17: auth.keyring
              /project/atmos.yaml:2:15: audit.file
              /project/atmos.yaml:2:41: audit.required
              /project/atmos.yaml:1:27: env.ATMOS_KEYRING_TYPE
            """);
    assertThat(atmos.run("config", "trust", "--yes").stderr())
        .contains(
            "audit.file, which decides what is logged:",
            "auth.keyring, which decides how secrets are kept:",
            "env.ATMOS_KEYRING_TYPE, which decides how secrets are kept:");
    assertThat(atmos.run("config", "files").answer()).doesNotContain("Left out");
  }

  private static AtmosRun role(String field) {
    return project(
            "auth:",
            "  identities:",
            "    me: {kind: aws/ambient}",
            "    dev:",
            "      kind: aws/assume-role",
            "      default: true",
            "      via: {identity: me}",
            "      principal:",
            "        assume_role: arn:aws:iam::999999999999:role/trusts-everyone",
            "        region: us-east-1",
            "        " + field)
        .keys()
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        .env("GITHUB_TOKEN", "ghp_0123456789abcdefghijABCDEFGHIJ")
        .env("GITHUB_RUN_ID", "12345678901")
        .env("USER", "jane");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "session_tags: {a: !env GITHUB_TOKEN}",
        "external_id: !env GITHUB_TOKEN",
        "source_identity: !env GITHUB_TOKEN",
        "session_name: !env GITHUB_TOKEN",
      })
  void variable_ofTheEnvironment_isNotPassedOn(String field) {
    AtmosRun atmos = role(field);
    atmos
        .token()
        .failedSaying(2, FILE + ":11:", "wants to pass on the variable 'GITHUB_TOKEN'; read it");
    AtmosRun.Result trusted = atmos.run("config", "trust", "--yes");
    assertThat(trusted.stderr()).contains("passes on 1 variable: GITHUB_TOKEN", "| GITHUB_TOKEN");
    assertThat(trusted.stderr()).doesNotContain("ghp_");
    atmos.token().failedSaying(6, "127.0.0.1");
  }

  @Test
  void data_thatIsIncludedWhole_isRefusedAndNamedByEveryReview() {
    AtmosRun atmos = role("session_tags: !include tags.yaml").file("tags.yaml", "{a: b}\n");
    String refusal = "this file is not trusted, and can't include 'session_tags'";
    atmos.token().failedSaying(2, FILE + ":11:23: " + refusal + "; write it in the file itself");
    AtmosRun.Result validated = atmos.run("auth", "validate");
    assertThat(validated.stdout() + validated.stderr())
        .contains(FILE + ":11:23: warning: " + refusal);
    assertThat(atmos.run("config", "trust").stderr())
        .contains("line 11, auth.identities.dev.principal.session_tags: what is included is never")
        .contains("Trust doesn't help here.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "session_name: !env GITHUB_RUN_ID",
        "source_identity: !env USER",
        "external_id: !env UNSET_VARIABLE fallback",
      })
  void variable_thatHoldsNoSecret_isPassedOnWithoutAQuestion(String field) {
    AtmosRun atmos = role(field);
    atmos.token().failedSaying(6, "127.0.0.1");
    assertThat(atmos.run("config", "trust").stderr()).isEqualTo("Nothing here needs your trust.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "session_tags: {region: !env WORD }; blue-monkey-42",
        "session_tags: {account: !env WORD }; 123456789012",
        "session_name: !env WORD; 93847562",
        "session_name: !env WORD; 8h",
        "session_name: !env WORD; merge",
        "external_id: !env WORD; us-east-1",
      })
  void secret_thatLooksLikeData_isNotPassedOnInAFieldOfAnotherForm(String field, String secret) {
    role(field).env("WORD", secret).token().failedSaying(2, "wants to pass on the variable 'WORD'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "duration: !env WORD; 1h",
        "session_name: x, assume_role: !env WORD; arn:aws:iam::999999999999:role/x",
      })
  void variable_inAFieldThatTakesNoSecret_isPassedOn(String field, String value) {
    AtmosRun atmos =
        role("session_name: x")
            .file(
                "atmos.yaml",
                """
                auth:
                  identities:
                    me: {kind: aws/ambient}
                    dev:
                      kind: aws/assume-role
                      default: true
                      via: {identity: me}
                      principal:
                        {%s, region: us-east-1}
                """
                    .formatted(
                        field.contains("assume_role")
                            ? field
                            : field + " , assume_role: arn:aws:iam::999999999999:role/x"))
            .env("WORD", value);
    atmos.token().failedSaying(6, "127.0.0.1");
    assertThat(atmos.run("config", "trust").stderr()).isEqualTo("Nothing here needs your trust.\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alias: !env DB_PASSWORD",
        "tags: [!env DB_PASSWORD ]",
        "provider: !env DB_PASSWORD",
        "emulator: !env DB_PASSWORD",
        "kind: !env DB_PASSWORD",
        "via: {identity: !env DB_PASSWORD }",
        "principal: {region: !env DB_PASSWORD }",
      })
  void variable_thatMayBeASecret_isNeverShown(String field) {
    String secret = "hunter2hunter2";
    AtmosRun atmos =
        project(
                "auth:",
                "  identities:",
                "    me: {kind: aws/ambient, default: true}",
                "    dev:",
                field.startsWith("kind") ? "      alias: x" : "      kind: aws/ambient",
                "      " + field)
            .env("DB_PASSWORD", secret)
            .keys();
    for (String words :
        List.of(
            "auth list",
            "auth list -o json",
            "auth list --format tree",
            "auth validate",
            "config show",
            "config show --origin",
            "auth env -i dev",
            "auth whoami -i dev",
            "aws eks token --cluster-name demo --region us-east-2 -i dev",
            "aws eks token --cluster-name demo --region us-east-2 -i hunter",
            "__complete -- auth login h")) {
      AtmosRun.Result result = atmos.run(words.split(" ", -1));
      assertThat(result.stdout() + result.stderr()).as(words).doesNotContain(secret);
    }
  }
}
