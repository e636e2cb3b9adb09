package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the configuration's own options, variables and sections do to a whole run. */
class ConfigurationRunTest {
  private static final String SAID = "debug: AWS_CREDENTIAL_EXPIRATION is not an RFC 3339 time";

  /** A run that has something to say at the level Debug. */
  private static AtmosRun talkative() {
    return AtmosRun.unix().keys().env("AWS_CREDENTIAL_EXPIRATION", "tomorrow");
  }

  @ParameterizedTest
  @CsvSource({
    "Debug,   '',      '',    '',      true",
    "trace,   '',      '',    '',      true",
    "Info,    '',      '',    '',      false",
    "Info,    '',      true,  '',      true",
    "Info,    Debug,   '',    '',      true",
    "Info,    '',      '',    Debug,   true",
    "Debug,   Warning, '',    '',      false",
    "Debug,   '',      '',    Warning, false",
    "Debug,   '',      false, '',      true",
    "'',      '',      '',    '',      false",
    "loud,    Warning, '',    '',      false"
  })
  void logsLevel_ofTheConfiguration_countsWhereNothingElseSaysOne(
      String configured, String variable, String verbose, String option, boolean debug) {
    AtmosRun atmos = talkative().file("atmos.yaml", "logs: {level: '" + configured + "'}");
    if (!variable.isEmpty()) {
      atmos.env("ATMOS_LOGS_LEVEL", variable);
    }
    if (!verbose.isEmpty()) {
      atmos.env("ATMOS_VERBOSE", verbose);
    }
    AtmosRun.Result result = option.isEmpty() ? atmos.token() : atmos.token("--logs-level", option);
    assertThat(result.token()).isNotEmpty();
    assertThat(result.stderr().startsWith(SAID)).isEqualTo(debug);
  }

  @Test
  void logsLevel_thatIsNone_isRefusedWithItsPosition() {
    talkative()
        .file("atmos.yaml", "logs:\n  level: loud\n")
        .token()
        .failedShowing(
            2,
            "/project/atmos.yaml:2:3: 'level' must be Trace, Debug, Info, Warning, Error or Off\n");
  }

  @Test
  void profile_ofTheCommandLine_isMergedOver() {
    AtmosRun atmos = talkative().file("profiles/loud/x.yaml", "logs: {level: Debug}");
    assertThat(atmos.token().stderr()).isEmpty();
    assertThat(atmos.token("--profile", "loud").stderr()).startsWith(SAID);
    assertThat(atmos.env("ATMOS_PROFILE", "loud").token().stderr()).startsWith(SAID);
    atmos
        .token("--profile=quiet")
        .failed(2, "there is no profile 'quiet', which --profile names; known: loud");
  }

  @ParameterizedTest
  @EnumSource
  void options_ofTheConfiguration_reachIt(View view) {
    AtmosRun atmos = view.atmos().keys().file("base/x.yaml", "logs: {level: loud}");
    atmos.file("dir/atmos.yaml", "import: x\n").file("dir/x.yaml", "a: 1\n");
    assertThat(atmos.token("--config-path", "dir").token()).isNotEmpty();
    assertThat(atmos.token("--config", "dir/atmos.yaml").token()).isNotEmpty();
    atmos
        .token("--config-path", "dir", "--base-path", "base")
        .failedShowing(
            2, view.path("base").concat(view == View.UNIX ? "/" : "\\") + "x.yaml:1:8: ");
    atmos.token("--base-path", "missing").failedSaying(2, "--base-path", view.path("missing"));
    atmos.token("--config-path", "base").failedSaying(2, "--config-path", "has no atmos.yaml");
  }

  // ---- --chdir and ATMOS_CHDIR

  private static String realmFile(String realm) {
    return "auth: {realm: " + realm + "}\n";
  }

  private static String realm(AtmosRun atmos, String... options) {
    String[] words = Arrays.copyOf(options, options.length + 3);
    System.arraycopy(new String[] {"config", "show", "auth.realm"}, 0, words, options.length, 3);
    return atmos.run(words).answer().strip();
  }

  @ParameterizedTest
  @EnumSource
  void chdir_beforeAnythingElse_isWhereAllElseStarts(View view) {
    AtmosRun atmos = view.atmos().file("atmos.yaml", realmFile("here"));
    atmos.file("there/atmos.yaml", realmFile("there"));
    atmos.file("there/below/atmos.yaml", realmFile("below"));
    atmos.file("~/atmos.yaml", realmFile("home")).file("~/deep/atmos.yaml", realmFile("deep"));
    assertThat(realm(atmos)).isEqualTo("here");
    assertThat(realm(atmos, "-C", "there")).isEqualTo("there");
    assertThat(realm(atmos, "--chdir", view.path("there"))).isEqualTo("there");
    assertThat(realm(atmos, "-C", "there/../there/below")).isEqualTo("below");
    assertThat(realm(atmos, "-C", "~")).isEqualTo("home");
    assertThat(realm(atmos, "--chdir=~/deep")).isEqualTo("deep");
    assertThat(realm(atmos, "-C", "there", "--config", "below/atmos.yaml")).isEqualTo("below");
    assertThat(realm(atmos, "--config-path", "below", "-C", "there")).isEqualTo("below");
    atmos.env("ATMOS_CHDIR", "there");
    assertThat(realm(atmos)).isEqualTo("there");
    assertThat(realm(atmos, "-C", "there/below"))
        .as("the option takes its place, from where the user is")
        .isEqualTo("below");
    atmos.env("ATMOS_CONFIG_PATH", "below");
    assertThat(realm(atmos)).as("of the variables, it is the first").isEqualTo("below");
    atmos.env("ATMOS_CONFIG_PATH", "").env("ATMOS_CLI_CONFIG_PATH", "below");
    assertThat(realm(atmos)).isEqualTo("below");
    atmos.env("ATMOS_CLI_CONFIG_PATH", "").env("ATMOS_CHDIR", "");
    assertThat(realm(atmos)).as("empty is not set").isEqualTo("here");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing    | the directory # that --chdir names doesn't exist",
        "atmos.yaml | # that --chdir names is not a directory",
        "''         | --chdir needs the path of a directory"
      })
  void chdir_toNoDirectory_isRefused(String directory, String problem) {
    for (View view : View.values()) {
      AtmosRun atmos = view.atmos().file("atmos.yaml", "");
      String said = problem.replace("#", view.path(directory));
      atmos.token("--chdir", directory).failed(2, said);
      if (!directory.isEmpty()) {
        atmos
            .env("ATMOS_CHDIR", directory)
            .token()
            .failed(2, said.replace("--chdir", "ATMOS_CHDIR"));
      }
    }
  }

  @Test
  void profile_withoutAName_isRefused() {
    AtmosRun atmos = AtmosRun.unix().keys().file("profiles/a/x.yaml", "");
    atmos.token("--profile").failedSaying(2, "--profile");
  }

  // ---- env

  private static final String USERS =
      """
      auth:
        identities:
          dev:
            kind: aws/user
            default: true
            credentials: {access_key_id: AKIDEXAMPLE, secret_access_key: !env DEV_SECRET}
          ops:
            kind: aws/user
            credentials: {access_key_id: AKIDOPS, secret_access_key: ops-secret-in-yaml}
          run:
            kind: aws/user
            credentials: {access_key_id: AKIDOPS, secret_access_key: !exec never}
      """;

  private static AtmosRun users(String env) {
    return AtmosRun.unix()
        .env("DEV_SECRET", AtmosRun.SECRET)
        .knows("AKIDOPS", "ops-secret-in-yaml")
        .file("atmos.yaml", USERS + "env: {" + env + "}\n");
  }

  @ParameterizedTest
  @CsvSource({
    // of the file, of the process, of the command line, whose key
    "'',  '-',  '',  AKIDEXAMPLE",
    "ops, '-',  '',  AKIDOPS",
    "ops, dev,  '',  AKIDEXAMPLE",
    "dev, ops,  '',  AKIDOPS",
    "ops, '',   '',  AKIDEXAMPLE",
    "dev, dev,  ops, AKIDOPS",
    "ops, '-',  dev, AKIDEXAMPLE"
  })
  void identity_ofTheFilesVariables_countsBelowTheProcesssAndTheOptions(
      String file, String process, String option, String key) {
    AtmosRun atmos = users("ATMOS_IDENTITY: '" + file + "'");
    if (!process.equals("-")) {
      atmos.env("ATMOS_IDENTITY", process);
    }
    AtmosRun.Result result = option.isEmpty() ? atmos.token() : atmos.token("--identity", option);
    assertThat(result.keyId()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({"ATMOS_AUTH_REALM, a/b, acme", "ATMOS_KEYRING_TYPE, sytem, plain"})
  void variable_ofTheFile_isReadAsIfTheProcessHadIt(String name, String bad, String good) {
    AtmosRun atmos = users(name + ": " + bad).env("ATMOS_TRUSTED_PATHS", "/project");
    AtmosRun.Result result = atmos.run("auth", "validate");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stdout() + result.stderr()).contains("'" + name + "' must be ");
    assertThat(atmos.env(name, good).run("auth", "validate").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ATMOS_TRUSTED_PATHS       | /",
        "ATMOS_CONFIG              | other/atmos.yaml",
        "ATMOS_CONFIG_PATH         | other",
        "ATMOS_CLI_CONFIG_PATH     | other",
        "ATMOS_BASE_PATH           | other",
        "ATMOS_CHDIR               | other",
        "ATMOS_LOGS_LEVEL          | loud"
      })
  void variable_ofTheFileThatCouldMoveTrustOrTheSearch_isNotRead(String name, String value) {
    String env = name + ": " + value;
    AtmosRun atmos = users(env).file("atmos.yaml", USERS + "import: [x]\nenv: {" + env + "}\n");
    atmos.file("x.yaml", realmFile("here")).file("other/x.yaml", realmFile("other"));
    atmos.file("other/atmos.yaml", realmFile("other"));
    assertThat(realm(atmos)).isEqualTo("here");
    assertThat(atmos.token().keyId()).isEqualTo(AtmosRun.KEY_ID);
    atmos.token("-i", "run").failedSaying(2, "is not trusted, and wants to run a command");
    assertThat(atmos.commandsRun()).isEmpty();
  }
}
