package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.cli.AtmosRun.View;
import dev.atmos.plugin.testkit.FakeFiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that isn't trusted, on the token path, and what {@code atmos config trust} says of it. */
class ConfigTrustRunTest {
  private static final String FILE =
      """
      auth:
        identities:
          dev:
            kind: aws/user
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: !exec pass show aws
      """;

  private static final String PROGRAMS =
      "    Programs on PATH, and files that a command finds itself, may change.\n";

  private static AtmosRun stranger(AtmosRun run) {
    return run.file("atmos.yaml", FILE).command("pass show aws", AtmosRun.SECRET);
  }

  @ParameterizedTest
  @EnumSource
  void token_withAnUntrustedCommand_isOneLineAndNothingIsRun(View view) {
    AtmosRun run = stranger(view.atmos());
    String file = view.path("atmos.yaml");
    for (int i = 0; i < 2; i++) {
      run.token()
          .failed(
              2,
              file
                  + ":7:28: this file is not trusted, and wants to run a command; read it, then"
                  + " run: atmos config trust "
                  + file);
    }
    assertThat(run.commandsRun()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void token_afterTheFileWasTrusted_runsTheCommand(View view) {
    AtmosRun run = stranger(view.atmos());
    String file = view.path("atmos.yaml");
    Result trusted = run.typing("y").run("config", "trust");
    assertThat(trusted)
        .isEqualTo(
            new Result(
                0,
                "",
                file
                    + " is not trusted\n"
                    + "  runs 1 command\n"
                    + "    line 7, auth.identities.dev.credentials.secret_access_key:\n"
                    + "      | pass show aws\n"
                    + PROGRAMS
                    + "Trust these values? [y/N]\n"
                    + "Trusted: "
                    + file
                    + "\n"));
    assertThat(run.commandsRun()).as("shown, not run").isEmpty();
    run.token().token();
    assertThat(run.commandsRun()).containsExactly("pass show aws");
    assertThat(run.run("config", "trust").stderr())
        .isEqualTo("You have trusted all of it already.\n");
  }

  @Test
  void token_afterAChangeElsewhere_asksNothing() {
    AtmosRun run = stranger(AtmosRun.unix());
    run.run("config", "trust", "--yes");
    run.file("atmos.yaml", "x: !exec rm\n" + FILE + "y: 1\n");
    run.token().token();
    assertThat(run.commandsRun()).containsExactly("pass show aws");
  }

  @Test
  void token_afterTheCommandChanged_isRefusedAgain() {
    AtmosRun run = stranger(AtmosRun.unix());
    run.run("config", "trust", "--yes");
    run.token().token();
    run.file("atmos.yaml", FILE.replace("show aws", "show gcp") + "x: !exec rm\ny: 1\n");
    run.token()
        .failed(
            2,
            "/project/atmos.yaml:7:28: this file has changed since you trusted it, and wants to run"
                + " a command; read it, then run: atmos config trust /project/atmos.yaml");
    run.file("atmos.yaml", FILE + "x: !exec rm\n");
    assertThat(run.run("config", "trust", "-y", "/project/atmos.yaml").stderr())
        .isEqualTo(
            "/project/atmos.yaml has changed since you trusted it\n"
                + "  runs 1 command\n"
                + "    line 8, x (new):\n"
                + "      | rm\n"
                + PROGRAMS
                + "Trusted: /project/atmos.yaml\n");
    assertThat(run.run("config", "trust", "--all").stderr())
        .isEqualTo(
            "/project/atmos.yaml is trusted\n"
                + "  runs 2 commands\n"
                + "    line 7, auth.identities.dev.credentials.secret_access_key (as before):\n"
                + "      | pass show aws\n"
                + "    line 8, x (as before):\n"
                + "      | rm\n"
                + PROGRAMS
                + "You have trusted all of it already.\n");
    run.token().token();
  }

  @Test
  void token_afterAScriptOfTheProjectChanged_isRefusedAgain() {
    AtmosRun run =
        AtmosRun.unix()
            .file("atmos.yaml", FILE.replace("pass show aws", "./get.sh aws"))
            .file("get.sh", "pass show aws")
            .command("./get.sh aws", AtmosRun.SECRET);
    assertThat(run.run("config", "trust", "--yes").stderr())
        .contains("    You trust these files of the project as they are now: get.sh. Programs");
    run.token().token();
    run.file("get.sh", "curl evil.example");
    run.token()
        .failed(
            2,
            "/project/atmos.yaml:7:28: the script /project/get.sh has changed since you trusted it,"
                + " and wants to run a command; read it, then run: atmos config trust"
                + " /project/atmos.yaml");
    assertThat(run.run("config", "trust", "--list").answer())
        .isEqualTo("1 changed  /project/atmos.yaml\n");
    assertThat(run.run("config", "trust", "--yes").stderr())
        .contains("(a script of it is new, or has changed):");
    run.token().token();
  }

  @Test
  void token_afterAScriptAppeared_isRefusedAsNew() {
    AtmosRun run =
        AtmosRun.unix()
            .file("atmos.yaml", FILE.replace("pass show aws", "./get.sh aws"))
            .command("./get.sh aws", AtmosRun.SECRET);
    run.run("config", "trust", "--yes");
    run.token().token();
    run.file("get.sh", "curl evil.example");
    run.token()
        .failed(
            2,
            "/project/atmos.yaml:7:28: the script /project/get.sh is not trusted yet: it is new, or"
                + " you weren't shown it, and wants to run a command; read it, then run: atmos"
                + " config trust /project/atmos.yaml");
  }

  @Test
  void commandWhoseFilesCantBeTold_isNeverTrusted_andTheRestIs() {
    String untellable = "$(pwd)/get.sh";
    AtmosRun run =
        AtmosRun.unix()
            .file("atmos.yaml", FILE + "x: !exec " + untellable + "\n")
            .command("pass show aws", AtmosRun.SECRET);
    assertThat(run.run("config", "trust", "--yes").stderr())
        .contains(
            """
            can't be trusted, because atmos can't tell which files of the project it runs:
                line 8, x:
                  | $(pwd)/get.sh
                Put it into a script beside this file, and write: ./SCRIPT
            """)
        .endsWith("Trusted: /project/atmos.yaml\n");
    run.token().token();
    run.file("atmos.yaml", FILE.replace("pass show aws", untellable));
    run.token()
        .failed(
            2,
            "/project/atmos.yaml:7:28: atmos can't tell which files of the project this command"
                + " runs; put it into a script beside this file, and write: ./SCRIPT");
    assertThat(run.unchecked("config", "trust", "--yes").exitCode()).isEqualTo(1);
    assertThat(run.commandsRun()).containsExactly("pass show aws");
  }

  @ParameterizedTest
  @CsvSource({"n", "''", "no", "'yes, but'", "Y e s", "1"})
  void question_answeredWithAnythingElse_trustsNothing(String answer) {
    AtmosRun run = stranger(AtmosRun.unix()).typing(answer);
    Result result = run.unchecked("config", "trust", ".");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).endsWith("Nothing was trusted.\n");
    assertThat(run.token().exitCode()).isEqualTo(2);
  }

  @Test
  void question_atTheEndOfTheInput_trustsNothing() {
    Result result = stranger(AtmosRun.unix()).typing().unchecked("config", "trust");
    assertThat(result.stderr()).endsWith("Nothing was trusted.\n");
  }

  @ParameterizedTest
  @CsvSource({"Y", "yes", "' YES '"})
  void question_answeredWithYes_trusts(String answer) {
    assertThat(stranger(AtmosRun.unix()).typing(answer).run("config", "trust").stderr())
        .endsWith("\nTrusted: /project/atmos.yaml\n");
  }

  @Test
  void question_whereNobodyCanAnswer_isShownWithTheOption() {
    String screen =
        "/project/atmos.yaml is not trusted\n"
            + "  runs 1 command\n"
            + "    line 7, auth.identities.dev.credentials.secret_access_key:\n"
            + "      | pass show aws\n"
            + PROGRAMS;
    String error =
        "atmos: /project/atmos.yaml is not trusted, and atmos can't ask you here; to trust these"
            + " values, run: atmos config trust --yes /project/atmos.yaml\n";
    AtmosRun run = stranger(AtmosRun.unix());
    assertThat(run.unchecked("config", "trust")).isEqualTo(new Result(2, "", screen + error));
    run.typing("y").env("CI", "true");
    assertThat(run.unchecked("config", "trust")).isEqualTo(new Result(2, "", screen + error));
    run.typing("y").env("CI", "").env("ATMOS_INTERACTIVE", "false");
    assertThat(run.unchecked("config", "trust")).isEqualTo(new Result(2, "", screen + error));
    run.run("config", "trust", "--yes", "/project/atmos.yaml");
    run.token().token();
  }

  @Test
  void file_thatAsksForNothing_isSaidToDoSo() {
    AtmosRun run = AtmosRun.unix().file("atmos.yaml", "a: b");
    assertThat(run.run("config", "trust", "atmos.yaml"))
        .isEqualTo(new Result(0, "", "Nothing here needs your trust.\n"));
    assertThat(run.run("config", "trust", "--revoke"))
        .isEqualTo(new Result(0, "", "You haven't trusted any file there.\n"));
  }

  @Test
  void commands_thatWouldSteerTheTerminal_areShownInTheOpen() {
    AtmosRun run =
        AtmosRun.unix()
            .file(
                "atmos.yaml",
                """
                "a\\e[2J\\n": !exec "ls \\e[1A\\e[2K\\rTrust this file? [y/N]\\n\
                x\\u202Egnp.exe \\u200B\\u00A0\\t\\u0085é"
                """);
    Result result = run.typing("n").unchecked("config", "trust");
    assertThat(result.stderr())
        .isEqualTo(
            """
            /project/atmos.yaml
              can't be trusted, because atmos can't tell which files of the project it runs:
                line 1, "a\\u{1b}[2J\\u{a}":
                  | ls \\u{1b}[1A\\u{1b}[2K\\u{d}Trust this file? [y/N]
                  | x\\u{202e}gnp.exe \\u{200b}\\u{a0}\\u{9}\\u{85}é
                Put it into a script beside this file, and write: ./SCRIPT
            Nothing was trusted.
            """);
  }

  @ParameterizedTest
  @EnumSource
  void list_ofTrustedFiles_isTextOrJson(View view) {
    AtmosRun run = stranger(view.atmos());
    assertThat(run.run("config", "trust", "--list").answer()).isEmpty();
    assertThat(run.run("config", "trust", "--list", "-o", "json").answer())
        .isEqualTo("{\n  \"files\": []\n}\n");
    run.file("b/atmos.yaml", FILE);
    run.run("config", "trust", "-y");
    run.run("config", "trust", "-y", "b");
    run.file("b/atmos.yaml", "");
    String a = view.path("atmos.yaml");
    String b = view.path(view == View.UNIX ? "b/atmos.yaml" : "b\\atmos.yaml");
    assertThat(run.run("config", "trust", "--list").answer())
        .isEqualTo("unchanged  " + a + "\n1 changed  " + b + "\n");
    assertThat(Readers.json(run.run("config", "trust", "--list", "-o", "json").answer()))
        .isEqualTo(
            Map.of(
                "files",
                List.of(
                    Map.of("path", a, "state", "unchanged", "changed", 0),
                    Map.of("path", b, "state", "changed", "changed", 1))));
  }

  @Test
  void revokedFile_isNotTrustedAnyMore() {
    AtmosRun run = stranger(AtmosRun.unix());
    run.run("config", "trust", "-y");
    run.token().token();
    assertThat(run.run("config", "trust", "--revoke").stderr())
        .isEqualTo("No longer trusted: /project/atmos.yaml\n");
    assertThat(run.token().exitCode()).isEqualTo(2);
    run.run("config", "trust", "-y");
    assertThat(run.run("config", "trust", "--revoke", "/project").stderr())
        .isEqualTo("No longer trusted: /project/atmos.yaml\n");
    assertThat(run.run("config", "trust", "--list").answer()).isEmpty();
  }

  @Test
  void nothingToRememberIn_isAnErrorThatNamesTheVariable() {
    AtmosRun.in(FakeFiles.unix().withoutHome())
        .file("atmos.yaml", FILE)
        .typing("y")
        .run("config", "trust")
        .failed(
            1,
            "without a home directory, atmos can't remember what you trust; set ATMOS_TRUSTED_PATHS"
                + " to the directories whose files you trust");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--list --revoke      | --list and --revoke exclude each other",
        "--list --yes         | --yes answers nothing with --list",
        "--revoke -y          | --yes answers nothing with --revoke",
        "--list x             | --list takes no path",
        "--list --all         | --all shows nothing with --list",
        "-o json              | --output needs --list",
        "--list -o xml        | --output must be text or json, not 'xml'",
        "nowhere              | the file /project/nowhere doesn't exist",
        "empty                | there is no atmos.yaml in /project/empty"
      })
  void options_thatDontFit_areRefused(String words, String problem) {
    AtmosRun run = stranger(AtmosRun.unix()).directory("empty");
    String[] all = ("config trust " + words).split(" ", -1);
    run.run(all).failed(2, problem);
  }

  @Test
  void file_underATrustedPath_needsNoQuestion() {
    AtmosRun run = stranger(AtmosRun.unix()).env("ATMOS_TRUSTED_PATHS", "/project");
    run.token().token();
    assertThat(run.run("config", "trust", "/project").stderr())
        .isEqualTo("Nothing here needs your trust.\n");
  }

  private static AtmosRun project(String text) {
    return AtmosRun.unix().file("atmos.yaml", text).program("atmos", "bin/atmos");
  }

  @Test
  void variables_thatLookLikeSecrets_areShownByTheirDigests() {
    AtmosRun run =
        project(
            """
            auth:
              identities:
                dev:
                  kind: mock/aws
                  env:
                    API_TOKEN: abcdefghijklmnop1234
                    GIT_TOKEN_HELPER: ./evil.sh
                    LONG: %s
            """
                .formatted("x".repeat(3_000)));
    String shown = run.run("config", "trust", "--yes").stderr();
    assertThat(shown)
        .contains(
            "  sets 3 variables for programs: API_TOKEN, GIT_TOKEN_HELPER, LONG\n",
            "      | API_TOKEN: 20 characters, SHA-256 ",
            "      | GIT_TOKEN_HELPER=./evil.sh\n",
            "      | LONG=" + "x".repeat(3_000) + "\n")
        .doesNotContain("abcdefghijklmnop1234");
    assertThat(run.run("config", "trust", "--all", "--show-secrets").stderr())
        .contains("| API_TOKEN=abcdefghijklmnop1234");
  }

  @Test
  void variable_ofTwoIdentitiesByAnAlias_isApprovedForBoth() {
    String one = "auth:\n  identities:\n    dev: {kind: mock/aws, env: &e {STAGE: dev}}\n";
    AtmosRun run = project(one);
    run.run("config", "trust", "--yes");
    assertThat(run.run("auth", "env", "--identity", "dev", "--format", "json").answer())
        .contains("STAGE");
    run.file("atmos.yaml", one + "    ops: {kind: mock/aws, env: *e}\n");
    run.run("auth", "env", "--identity", "ops")
        .failedSaying(2, "/project/atmos.yaml:3:43: this file has changed since you trusted it");
    assertThat(run.run("config", "trust", "--yes").stderr())
        .contains(
            """
            line 3, auth.identities.dev.env.STAGE (new):
                  also at auth.identities.ops.env.STAGE
            """);
    assertThat(run.run("auth", "env", "--identity", "ops", "--format", "json").answer())
        .contains("STAGE");
  }

  @Test
  void startPage_ofAnotherProvider_asksAgain() {
    String text =
        """
        auth:
          providers:
            sso:
              kind: aws/iam-identity-center
              start_url: https://sso.acme.example/start
              region: us-east-1
        """;
    AtmosRun run = project(text);
    assertThat(run.run("auth", "validate").stderr()).contains("/project/atmos.yaml:5:18: warning:");
    run.run("config", "trust", "--yes");
    assertThat(run.run("auth", "validate").stderr()).doesNotContain("warning:");
    run.file("atmos.yaml", text.replace("us-east-1", "eu-west-1"));
    assertThat(run.run("auth", "validate").stderr())
        .contains("/project/atmos.yaml:5:18: warning: this file has changed since you trusted it");
    assertThat(run.run("config", "trust", "--yes").stderr())
        .contains("  sends to 1 host that isn't one of AWS's\n", "(its definition has changed):");
  }

  @Test
  void keyring_ofAnUntrustedFile_isSaidToBeLeftOut() {
    AtmosRun run =
        project("auth:\n  keyring: {type: none}\n  identities: {dev: {kind: mock/aws}}\n");
    String leftOut =
        "/project/atmos.yaml:2:12: this file is not trusted, and 'auth.keyring' is left" + " out";
    assertThat(run.run("auth", "login", "dev").stderr()).contains(leftOut + "\n");
    assertThat(run.run("auth", "validate").stderr())
        .contains(leftOut.replace(": this", ": warning: this"));
    assertThat(run.run("config", "files").answer())
        .endsWith("\nLeft out until you trust it:\n  /project/atmos.yaml:2:12: auth.keyring\n");
    assertThat(run.run("auth", "env", "--identity", "dev", "--format", "json").stderr()).isEmpty();
    run.run("config", "trust", "--yes");
    assertThat(run.run("auth", "login", "dev").stderr()).doesNotContain("left out");
    assertThat(run.run("auth", "validate").stderr()).doesNotContain("left out");
    assertThat(run.run("config", "show", "auth.keyring.type").answer()).isEqualTo("none\n");
    run.file("atmos.yaml", "auth:\n  keyring: {type: plain}\n");
    assertThat(run.run("config", "show").answer()).doesNotContain("plain");
  }

  @Test
  void kind_thatNothingSupplies_isUnknownAndNoQuestion() {
    AtmosRun run = project("auth: {providers: {okta: {kind: aws/saml, url: 'https://x.example'}}}");
    assertThat(run.run("config", "trust"))
        .isEqualTo(
            new Result(
                0,
                "",
                "/project/atmos.yaml\n"
                    + "  line 1, auth.providers.okta: unknown: needs a plugin that supplies kind"
                    + " aws/saml\n"
                    + "Nothing here needs your trust.\n"));
  }
}
