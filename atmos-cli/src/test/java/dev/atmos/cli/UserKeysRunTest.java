package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.plugin.testkit.FakeClock;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The long-lived keys of IAM users, in whole runs. */
final class UserKeysRunTest {
  private static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  private static final String STORED = "auth: {identities: {me: {kind: aws/user}}}\n";
  private static final String WRITTEN =
      """
      auth:
        identities:
          me:
            kind: aws/user
            credentials: {access_key_id: AKIAIOSFODNN7EXAMPLE, secret_access_key: !env MY_SECRET}
            session: {raw: true}
      """;

  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(new FakeClock(AtmosRun.NOW));
    aws.add(IamUser.of("111122223333", "me").key(KEY_ID, AtmosRun.SECRET));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private AtmosRun atmos(View view, String yaml) {
    AtmosRun atmos =
        view.atmos()
            .file("atmos.yaml", yaml)
            .env("AWS_ENDPOINT_URL", aws.url())
            .env("ATMOS_KEYRING_TYPE", "plain")
            .env("MY_SECRET", AtmosRun.SECRET)
            .knows(KEY_ID, AtmosRun.SECRET);
    aws.clock(atmos.machine().clock());
    return atmos;
  }

  @ParameterizedTest
  @EnumSource
  void key_thatIsStored_isFoundByAllCommands_untilItIsRemoved(View view) {
    AtmosRun atmos = atmos(view, STORED);
    atmos
        .run("auth", "credential-process", "-i", "me")
        .failedSaying(4, "the configuration has no access key for 'me'", "atmos auth login me");
    atmos.piping(KEY_ID, AtmosRun.SECRET, "", "1h");

    AtmosRun.Result stored = atmos.run("auth", "user", "configure", "--stdin");

    assertThat(stored.exitCode()).as(stored.stderr()).isZero();
    assertThat(atmos.run("auth", "credential-process", "-i", "me").answer())
        .contains("\"AccessKeyId\": \"ASIA", "\"Expiration\": \"2025-01-15T13:00:00Z\"");
    assertThat(atmos.run("auth", "logout", "me").stderr())
        .contains(
            "The stored key of 'me' stays; to remove it: atmos auth user configure me --remove");
    assertThat(atmos.run("auth", "credential-process", "-i", "me").answer()).contains("ASIA");
    assertThat(atmos.run("auth", "user", "configure", "me", "--remove").stderr())
        .contains("done: remove the stored key of 'me' from plain files");
    atmos.run("auth", "credential-process", "-i", "me").failedSaying(4, "no access key for 'me'");
    assertThat(aws.count(Operation.GET_SESSION_TOKEN)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void rawKey_ofAnUntrustedFile_isLeftOut_andSaid(View view) {
    AtmosRun atmos = atmos(view, WRITTEN);

    assertThat(atmos.run("auth", "credential-process", "-i", "me").answer())
        .contains("\"SessionToken\"");
    assertThat(atmos.run("auth", "validate").stderr())
        .contains(
            "warning: this file is not trusted, and 'auth.identities.me.session.raw' is left out");
    assertThat(atmos.run("config", "trust", "--yes").exitCode()).isZero();
    assertThat(atmos.unchecked("auth", "credential-process", "-i", "me").stdout())
        .contains(KEY_ID)
        .doesNotContain("SessionToken");
    assertThat(atmos.run("auth", "validate").stderr()).doesNotContain("left out");
  }

  @Test
  void token_whereNothingCanBeKept_isSignedWithTheKey_offline() {
    for (String store : new String[] {"none", "memory", "plain"}) {
      AtmosRun atmos =
          atmos(View.UNIX, WRITTEN.replace("session: {raw: true}", ""))
              .env("ATMOS_KEYRING_TYPE", store);
      assertThat(atmos.token("--identity", "me").keyId()).isEqualTo(KEY_ID);
    }
    assertThat(aws.calls()).isEmpty();
  }
}
