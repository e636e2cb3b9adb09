package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the configuration's own options, variables and sections do to a whole run. */
class ConfigurationRunTest {
  private static final String SAID = "debug: AWS_CREDENTIAL_EXPIRATION is no RFC 3339 time";

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
        .failed(2, "there is no profile 'quiet', which --profile names; there is: loud");
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
}
