package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that the atmos written in Go has with every command, in whole runs. */
final class CompatibleOptionRunTest {
  private static final String CONFIG =
      """
      auth:
        identities:
          dev: {kind: mock/aws}
          ops: {kind: mock/aws, default: true}
      """;

  private static AtmosRun.Result run(String line) {
    List<String> words = List.of(line.split(" ", -1));
    return View.UNIX.atmos().file("atmos.yaml", CONFIG).run(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--no-color",
        "--force-color",
        "--interactive=false",
        "--logs-file /dev/null",
        "--logs-file=/dev/null",
        "--mask",
        "--mask=false",
        "--pager=false",
        "--pager",
        "--force-tty",
        "--redirect-stderr /dev/null",
        "--heatmap",
        "--heatmap-mode bar",
        "--profiler-enabled",
        "--verbose=false"
      })
  void option_beforeAndAfterTheCommand_isAccepted(String option) {
    String expected = run("auth list").answer();
    assertThat(run(option + " auth list").answer()).isEqualTo(expected);
    assertThat(run("auth list " + option).answer()).isEqualTo(expected);
    assertThat(run("auth " + option + " list").answer()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--identity dev", "--identity=dev", "-i dev"})
  void identity_beforeTheCommand_isThatOfTheCommand(String option) {
    assertThat(run(option + " auth whoami --offline").stderr()).contains("of identity 'dev'");
    assertThat(run(option + " auth list").exitCode()).isZero();
    assertThat(run("auth list " + option).exitCode()).isZero();
    assertThat(run("auth validate -v").exitCode()).isZero();
  }

  @Test
  void noEffect_isSaidOnceAtDebug_andInTheLogsFileIfThereIsOne() {
    assertThat(run("--verbose auth list --mask").stderr())
        .contains("debug: --mask has no effect\n");
    assertThat(run("auth list --mask").stderr()).isEmpty();

    AtmosRun atmos =
        View.UNIX.atmos().file("atmos.yaml", CONFIG).env("ATMOS_LOGS_FILE", "/dev/null");
    assertThat(atmos.run("auth", "list", "--mask", "--verbose").stderr()).isEmpty();
    atmos.env("ATMOS_LOGS_FILE", "/dev/stdout");
    assertThat(atmos.run("auth", "list", "--mask", "--verbose").stderr()).contains("--mask has");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--stack x auth list | atmos has no stacks here",
        "auth list --stack=x | atmos has no stacks here",
        "auth login --webflow | a sign-in to the console is a setting here; set webflow_enabled",
        "auth list --use-version 1.2 | this atmos runs no other version of itself",
        "auth list --logs-file | --logs-file needs a value",
        "auth list --masc | unknown option '--masc'",
        "login | 'login' is not a command of atmos; did you mean: atmos auth login",
        "aws eks get-token | 'get-token' is not a command of atmos aws eks; did you mean: atmos aws"
            + " eks token",
        "aws eks token --cluster x | unknown option '--cluster'; did you mean --cluster-name",
        "aws eks token --role-arn x | unknown option '--role-arn'; a role is an"
            + " identity of the configuration, and --identity NAME selects it",
        "--profile x auth list | there is no profile 'x', which --profile names; there are no"
            + " profiles; a profile of the AWS CLI is selected by: AWS_PROFILE=x",
      })
  void word_thatIsRefused_hasAReason(String line, String reason) {
    assertThat(run(line).exitCode()).isEqualTo(2);
    assertThat(run(line).stderr()).startsWith("atmos: " + reason);
  }

  @Test
  void words_ofAProgram_areItsOwn() {
    AtmosRun atmos = View.UNIX.atmos().file("atmos.yaml", CONFIG).program("env", "bin/env");
    atmos.run("auth", "exec", "--no-color", "-i", "false", "--", "env", "--verbose", "--stack");
    assertThat(atmos.machine().processes().attached().getFirst().words())
        .containsExactly("env", "--verbose", "--stack");
  }
}
