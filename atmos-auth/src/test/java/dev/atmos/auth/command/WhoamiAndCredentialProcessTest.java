package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.FakeSessions;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.auth.CallerIdentity;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhoamiAndCredentialProcessTest {

  @Test
  void whoami_ofWhoIsSignedIn_saysWhatAwsSays() {
    CommandRun run = CommandRun.unix().live("dev").run(WhoamiCommand::new);
    assertThat(run.answered())
        .isEqualTo(
            """
            identity   dev
            provider   corp
            principal  arn:aws:sts::111111111111:assumed-role/Admin/me
            account    111111111111
            region     us-east-1
            realm      corp
            expires    13:00 (1 h)
            """);
    assertThat(run.said()).isEmpty();
  }

  @Test
  void whoami_inJson_hasTheKnownKeysInOrder() {
    CommandRun run = CommandRun.unix().live("dev");
    run.sessions.cachedIn(run.path("/home/dev/.local/state/atmos/auth/roles/0/credentials"));
    run.env("ATMOS_AUTH_WHOAMI_OUTPUT", "json").run(WhoamiCommand::new);
    assertThat(run.answered())
        .containsSubsequence(
            "\"realm\": \"corp\"",
            "\"realm_source\": \"config\"",
            "\"provider\": \"corp\"",
            "\"identity\": \"dev\"",
            "\"principal\": \"arn:aws:sts::111111111111:assumed-role/Admin/me\"",
            "\"account\": \"111111111111\"",
            "\"region\": \"us-east-1\"",
            "\"expiration\": \"2025-01-15T13:00:00Z\"",
            "\"environment\": {",
            "\"AWS_CONFIG_FILE\": \"/home/dev/.local/state/atmos/auth/profiles/",
            "\"paths\": {",
            "\"credentials\": \"/home/dev/.local/state/atmos/auth/roles/0/credentials\"",
            "\"credentials_ref\": \"dev\"",
            "\"last_updated\": \"2025-01-15T12:00:00Z\"")
        .doesNotContain(FakeSessions.SECRET, FakeSessions.TOKEN);
  }

  @Test
  void whoami_inJson_writesNoFiles() {
    CommandRun run = CommandRun.unix().live("dev").run(WhoamiCommand::new, "-o", "json");
    assertThat(run.context.files().exists(run.path("/home/dev/.local"))).isFalse();
  }

  @Test
  void whoami_withSecretsInTheIdentitysVariables_redactsThem() {
    String yaml = CommandRun.TWO.replace("STAGE:", "MY_SECRET:");
    CommandRun run = CommandRun.over(yaml).live("dev").run(WhoamiCommand::new, "-o", "json");
    assertThat(run.answered())
        .contains("\"MY_SECRET\": \"***REDACTED***\"")
        .doesNotContain("$stage");
  }

  @Test
  void whoami_ofWhoIsNotSignedIn_fails() {
    for (String[] words : new String[][] {{}, {"-o", "json"}}) {
      assertThat(CommandRun.unix().atTerminal().failure(WhoamiCommand::new, words))
          .isEqualTo("SIGN_IN_REQUIRED identity 'dev' needs a sign-in | run: atmos auth login dev");
    }
  }

  @Test
  void whoami_thatAwsRefuses_fails() {
    CommandRun run = CommandRun.unix().live("dev");
    run.context.withService(
        CallerIdentity.Source.class,
        (identity, credentials, region) -> {
          throw new AtmosException(ExitCode.DENIED, "AWS doesn't take these credentials");
        });
    assertThat(run.failure(WhoamiCommand::new))
        .isEqualTo("DENIED AWS doesn't take these credentials");
  }

  @Test
  void whoami_offline_saysWhatIsKept() {
    CommandRun run = CommandRun.unix().live("dev");
    run.context.withService(
        CallerIdentity.Source.class,
        (identity, credentials, region) -> {
          throw new AssertionError("asked AWS");
        });
    run.run(WhoamiCommand::new, "dev", "--offline");
    assertThat(run.answered()).contains("principal  Admin\n");
    assertThat(run.sessions.calls()).containsExactly("cached dev");
  }

  @Test
  void whoami_offlineOfWhoIsNotSignedIn_fails() {
    assertThat(CommandRun.unix().failure(WhoamiCommand::new, "ops/eu west", "--offline"))
        .isEqualTo(
            "SIGN_IN_REQUIRED no credentials of identity 'ops/eu west' are kept | run: atmos auth"
                + " login 'ops/eu west'");
    CommandRun expired = CommandRun.unix().live("dev");
    expired.context.clock().advance(Duration.ofHours(2));
    assertThat(expired.failure(WhoamiCommand::new, "--offline"))
        .isEqualTo(
            "SIGN_IN_REQUIRED the credentials of identity 'dev' expired at 2025-01-15T13:00:00Z |"
                + " run: atmos auth login dev");
  }

  @Test
  void whoami_ofAnUnknownFormat_isRefused() {
    assertThat(CommandRun.unix().failure(WhoamiCommand::new, "-o", "xml"))
        .isEqualTo("USAGE --output must be text or json, not 'xml'");
  }

  // ---- credential-process

  private static AuthCommand process(AuthEngine engine) {
    return new CredentialProcessCommand(engine);
  }

  @Test
  void credentials_ofWhoIsSignedIn_areOneDocument() {
    CommandRun run = CommandRun.unix().live("dev").run(WhoamiAndCredentialProcessTest::process);
    assertThat(run.answered())
        .isEqualTo(
            """
            {
              "Version": 1,
              "AccessKeyId": "ASIAEXAMPLE",
              "SecretAccessKey": "canary-secret-access-key",
              "SessionToken": "canary-session-token",
              "Expiration": "2025-01-15T13:00:00Z"
            }
            """);
    assertThat(run.said()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void credentials_ofWhoIsNotSignedIn_areNotAskedFor(boolean terminal) {
    CommandRun run = terminal ? CommandRun.unix().atTerminal() : CommandRun.unix();
    assertThat(run.failure(WhoamiAndCredentialProcessTest::process, "-i", "d"))
        .isEqualTo("SIGN_IN_REQUIRED identity 'dev' needs a sign-in | run: atmos auth login dev");
    assertThat(run.context.terminal().shown()).isEmpty();
    assertThat(run.sessions.calls()).containsExactly("silent dev");
  }

  @Test
  void credentials_withoutConfiguration_areThoseOfTheEnvironment() {
    CommandRun run =
        CommandRun.overNothing()
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "example")
            .run(WhoamiAndCredentialProcessTest::process);
    assertThat(run.answered())
        .isEqualTo(
            """
            {
              "Version": 1,
              "AccessKeyId": "AKIDEXAMPLE",
              "SecretAccessKey": "example"
            }
            """);
  }

  @Test
  void credentials_amongSeveral_areNotPickedAtATerminal() {
    String several = CommandRun.TWO.replace("default: true", "default: false");
    assertThat(
            CommandRun.over(several).atTerminal().failure(WhoamiAndCredentialProcessTest::process))
        .startsWith("USAGE several identities are configured, and none is the default");
  }
}
