package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of sign-in, for identities that need nobody and no network. */
final class SignInCommandsRunTest {
  private static final String SECRET = "MOCK_SECRET_ACCESS_KEY";

  private static final String TWO =
      """
      auth:
        providers:
          corp: {kind: aws/iam-identity-center, start_url: https://corp.awsapps.com/start, region: us-east-1}
        identities:
          dev:
            kind: mock/aws
            default: true
            alias: d
            env: {STAGE: it's}
          ops/eu:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111111111111"}}
      """;

  private static AtmosRun atmos(View view) {
    return view.atmos()
        .file("atmos.yaml", TWO)
        .env("ATMOS_TRUSTED_PATHS", view == View.WINDOWS ? "C:\\project" : "/project")
        .program("atmos", "bin/atmos")
        .program("tool", "bin/tool");
  }

  @ParameterizedTest
  @EnumSource
  void env_ofTheDefault_namesItsProfile(View view) {
    AtmosRun atmos = atmos(view);
    String answer = atmos.run("auth", "env", "--format", "json").answer();
    assertThat(answer)
        .contains("\"AWS_PROFILE\": \"dev\"", "\"STAGE\": \"it's\"", "AWS_CONFIG_FILE")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @EnumSource
  void credentials_ofTheDefault_areADocument(View view) {
    assertThat(atmos(view).run("auth", "credential-process").answer())
        .contains("\"Version\": 1", "\"SecretAccessKey\": \"" + SECRET + "\"");
  }

  @ParameterizedTest
  @EnumSource
  void exec_asTheDefault_givesItsPlaceAway(View view) {
    AtmosRun atmos = atmos(view);
    assertThat(atmos.run("auth", "exec", "--", "tool", "-x", "--help").answer()).isEmpty();
    assertThat(atmos.attached()).hasSize(1);
    assertThat(atmos.attached().getFirst().words()).containsExactly("tool", "-x", "--help");
    assertThat(atmos.attached().getFirst().variable("AWS_PROFILE")).isEqualTo("dev");
    assertThat(atmos.attached().getFirst().variable("ATMOS_IDENTITY")).isEqualTo("dev");
  }

  @ParameterizedTest
  @EnumSource
  void login_thatNeedsNobody_saysWhoIsSignedIn(View view) {
    AtmosRun.Result result = atmos(view).run("auth", "login", "d");
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).containsPattern("(?m)^Signed in.*: dev$");
  }

  @ParameterizedTest
  @EnumSource
  void login_thatNeedsSomebody_failsInOneLine(View view) {
    atmos(view)
        .env("CI", "true")
        .run("auth", "whoami", "ops/eu")
        .failedSaying(4, "identity 'ops/eu'", "atmos auth login ops/eu");
    atmos(view)
        .run("auth", "exec", "-i", "ops/eu", "--", "tool")
        .failedSaying(4, "identity 'ops/eu'", "atmos auth login ops/eu");
    atmos(view)
        .run("auth", "credential-process", "-i", "ops/eu")
        .failedSaying(4, "identity 'ops/eu'", "atmos auth login ops/eu");
  }

  @ParameterizedTest
  @EnumSource
  void profile_ofAnIdentity_staysOverALogout(View view) {
    AtmosRun atmos = atmos(view);
    String before = atmos.run("auth", "env").stdout();
    assertThat(atmos.run("auth", "logout").stderr()).isEqualTo("nothing to remove\n");
    assertThat(atmos.run("auth", "logout", "--all").stderr()).isEqualTo("nothing to remove\n");
    assertThat(atmos.run("auth", "env").stdout()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void shell_withinAShell_isRefused(View view) {
    atmos(view)
        .env("ATMOS_SHLVL", "1")
        .env("ATMOS_IDENTITY", "dev")
        .run("auth", "shell")
        .failed(
            2,
            "this is a shell of identity 'dev' already; leave it by exit, or start one inside of it"
                + " by --force");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "exec; 2; the command to run is missing; type it after two dashes: atmos auth exec --"
            + " COMMAND",
        "env -f nope; 2; --format must be bash, zsh, fish, powershell, cmd, dotenv, env, github or"
            + " json, not 'nope'",
        "login a b; 2; atmos auth login takes no word 'b'; see atmos auth login --help",
        "whoami -o x; 2; --output must be text or json, not 'x'",
        "logout dev --all; 2; a name, --provider, --tags and --all don't go together; say in one"
            + " way whom to sign out of",
        "credential-process -i; 2; --identity needs a value: --identity NAME; see atmos auth"
            + " credential-process --help"
      })
  void badInput_isToldInOneLine(String words, int code, String line) {
    String[] all = ("auth " + words).split(" ", -1);
    atmos(View.UNIX).run(all).failedSaying(code, line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"login", "logout", "whoami", "env", "credential-process", "exec", "shell"})
  void help_ofEachCommand_saysHowItIsUsed(String command) {
    String help = atmos(View.UNIX).run("auth", command, "--help").answer();
    assertThat(help).startsWith("Usage: atmos auth " + command);
    assertThat(help.lines().skip(2))
        .as("an example")
        .anyMatch(line -> line.contains("atmos auth " + command));
    help.lines().forEach(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  /** But for where they are the answer. */
  @Test
  void secrets_atTheFinestLevel_areInNoOutput() {
    List<List<String>> commands =
        List.of(
            List.of("login"),
            List.of("login", "--output", "json"),
            List.of("whoami", "--offline"),
            List.of("env"),
            List.of("env", "--unset"),
            List.of("exec", "--static", "--", "tool"),
            List.of("exec", "--", "nosuch"),
            List.of("shell", "--shell", "tool"),
            List.of("logout", "--dry-run"),
            List.of("logout", "--all"));
    for (List<String> command : commands) {
      List<String> words = new ArrayList<>(List.of("--logs-level", "Trace", "auth"));
      words.addAll(command);
      AtmosRun.Result result = atmos(View.UNIX).run(words.toArray(String[]::new));
      assertThat(result.stdout() + result.stderr())
          .as(command.toString())
          .doesNotContain(SECRET, "MOCK_SESSION_TOKEN");
    }
    for (List<String> command :
        List.of(List.of("credential-process"), List.of("env", "--static", "--login"))) {
      List<String> words = new ArrayList<>(List.of("--logs-level", "Trace", "auth"));
      words.addAll(command);
      AtmosRun.Result result = atmos(View.UNIX).run(words.toArray(String[]::new));
      assertThat(result.stdout()).contains(SECRET);
      assertThat(result.stderr()).doesNotContain(SECRET, "MOCK_SESSION_TOKEN");
    }
  }

  @Test
  void names_ofIdentitiesAndProviders_areCompleted() {
    AtmosRun atmos = atmos(View.UNIX);
    assertThat(atmos.run("__complete", "--", "auth", "login", "").stdout())
        .contains("dev", "ops/eu");
    assertThat(atmos.run("__complete", "--", "auth", "logout", "--provider", "").stdout())
        .contains("corp");
    assertThat(atmos.run("__complete", "--", "auth", "exec", "-i", "").stdout()).contains("ops/eu");
    assertThat(atmos.run("__complete", "--", "auth", "env", "-f", "").stdout())
        .contains("powershell");
  }
}
