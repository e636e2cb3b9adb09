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
                    + "  runs, for auth.identities.dev.credentials.secret_access_key (line 7):\n"
                    + "    | pass show aws\n"
                    + "  In all: 1 command.\n"
                    + "Trust this file? [y/N]\n"
                    + "trusted: "
                    + file
                    + "\n"));
    assertThat(run.commandsRun()).as("shown, not run").isEmpty();
    run.token().token();
    assertThat(run.commandsRun()).containsExactly("pass show aws");
    assertThat(run.run("config", "trust").stderr())
        .isEqualTo("no file of the configuration asks for anything that needs your trust\n");
  }

  @Test
  void token_afterTheFileChanged_isRefusedAgain() {
    AtmosRun run = stranger(AtmosRun.unix());
    run.run("config", "trust", "--yes");
    run.token().token();
    run.file("atmos.yaml", FILE + "x: !exec rm\n");
    run.token()
        .failed(
            2,
            "/project/atmos.yaml:7:28: this file has changed since it was trusted, and wants to run"
                + " a command; read it, then run: atmos config trust /project/atmos.yaml");
    assertThat(run.run("config", "trust", "-y", "/project/atmos.yaml").stderr())
        .isEqualTo(
            "/project/atmos.yaml has changed since it was trusted\n"
                + "  runs, for auth.identities.dev.credentials.secret_access_key (line 7, as"
                + " before):\n"
                + "    | pass show aws\n"
                + "  runs, for x (line 8, new):\n"
                + "    | rm\n"
                + "  In all: 2 commands.\n"
                + "trusted: /project/atmos.yaml\n");
    run.token().token();
  }

  @ParameterizedTest
  @CsvSource({"n", "''", "no", "'yes, but'", "Y e s", "1"})
  void question_answeredWithAnythingElse_trustsNothing(String answer) {
    AtmosRun run = stranger(AtmosRun.unix()).typing(answer);
    Result result = run.run("config", "trust", ".");
    assertThat(result.exitCode()).isZero();
    assertThat(result.stderr()).endsWith("not trusted: /project/atmos.yaml\n");
    assertThat(run.token().exitCode()).isEqualTo(2);
  }

  @Test
  void question_atTheEndOfTheInput_trustsNothing() {
    Result result = stranger(AtmosRun.unix()).typing().run("config", "trust");
    assertThat(result.stderr()).endsWith("not trusted: /project/atmos.yaml\n");
  }

  @ParameterizedTest
  @CsvSource({"Y", "yes", "' YES '"})
  void question_answeredWithYes_trusts(String answer) {
    assertThat(stranger(AtmosRun.unix()).typing(answer).run("config", "trust").stderr())
        .endsWith("\ntrusted: /project/atmos.yaml\n");
  }

  @Test
  void question_withoutATerminal_isAnErrorThatNamesTheOption() {
    stranger(AtmosRun.unix())
        .run("config", "trust")
        .failed(
            2,
            "/project/atmos.yaml is not trusted, and atmos has no terminal to ask at; read it,"
                + " then run: atmos config trust --yes /project/atmos.yaml");
  }

  @Test
  void file_thatAsksForNothing_isSaidToDoSo() {
    AtmosRun run = AtmosRun.unix().file("atmos.yaml", "a: b");
    assertThat(run.run("config", "trust", "atmos.yaml"))
        .isEqualTo(
            new Result(
                0, "", "it asks for nothing that needs your trust, or is trusted already\n"));
    assertThat(run.run("config", "trust", "--revoke"))
        .isEqualTo(new Result(0, "", "you have trusted nothing there\n"));
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
    Result result = run.typing("n").run("config", "trust");
    assertThat(result.stderr())
        .isEqualTo(
            """
            /project/atmos.yaml is not trusted
              runs, for "a\\u{1b}[2J\\u{a}" (line 1):
                | ls \\u{1b}[1A\\u{1b}[2K\\u{d}Trust this file? [y/N]
                | x\\u{202e}gnp.exe \\u{200b}\\u{a0}\\u{9}\\u{85}é
              In all: 1 command.
            Trust this file? [y/N]
            not trusted: /project/atmos.yaml
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
        .isEqualTo("unchanged " + a + "\nchanged   " + b + "\n");
    assertThat(Readers.json(run.run("config", "trust", "--list", "-o", "json").answer()))
        .isEqualTo(
            Map.of(
                "files",
                List.of(
                    Map.of("path", a, "state", "unchanged"),
                    Map.of("path", b, "state", "changed"))));
  }

  @Test
  void revokedFile_isNotTrustedAnyMore() {
    AtmosRun run = stranger(AtmosRun.unix());
    run.run("config", "trust", "-y");
    run.token().token();
    assertThat(run.run("config", "trust", "--revoke").stderr())
        .isEqualTo("no longer trusted: /project/atmos.yaml\n");
    assertThat(run.token().exitCode()).isEqualTo(2);
    run.run("config", "trust", "-y");
    assertThat(run.run("config", "trust", "--revoke", "/project").stderr())
        .isEqualTo("no longer trusted: /project/atmos.yaml\n");
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
            "without a home directory nothing can be remembered; set ATMOS_TRUSTED_PATHS to the"
                + " directories whose files are to be trusted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--list --revoke      | --list and --revoke exclude each other",
        "--list --yes         | --yes answers nothing with --list",
        "--revoke -y          | --yes answers nothing with --revoke",
        "--list x             | --list takes no path",
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
        .isEqualTo("it asks for nothing that needs your trust, or is trusted already\n");
  }
}
