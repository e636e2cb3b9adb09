package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.plugin.testkit.FakeClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines whose clock is wrong, in whole runs. */
final class ClockSkewRunTest {
  private static final String CONFIGURATION =
      """
      auth:
        identities:
          user:
            kind: aws/user
            credentials: {access_key_id: %s, secret_access_key: %s}
          dev:
            kind: aws/assume-role
            default: true
            via: {identity: user}
            principal: {assume_role: arn:aws:iam::111122223333:role/Deploy}
      """
          .formatted(AtmosRun.KEY_ID, AtmosRun.SECRET);

  private final AtmosRun atmos =
      AtmosRun.unix().file("atmos.yaml", CONFIGURATION).env("ATMOS_KEYRING_TYPE", "plain");
  private final FakeClock local = atmos.machine().clock();
  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(local);
    IamUser user = IamUser.of("111122223333", "dev").key(AtmosRun.KEY_ID, AtmosRun.SECRET);
    aws.add(user).add(Role.of("111122223333", "Deploy").trusting(user.arn()));
    atmos
        .env("AWS_ENDPOINT_URL", aws.url())
        .knows(id -> aws.credential(id).map(known -> known.key().secret()));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  /** From now on, the machine's clock is so far ahead of AWS's. */
  private void ahead(Duration skew) {
    Clock right = Clock.offset(local, skew.negated());
    aws.clock(right);
    atmos.awsClock(right);
  }

  private int renewals() {
    return aws.count(Operation.ASSUME_ROLE);
  }

  @ParameterizedTest
  @CsvSource({
    "PT20M, 20 min ahead of",
    "PT-20M, 20 min behind",
    "PT2M, 2 min ahead of",
    "-PT1H30M, 1 h 30 min behind",
    "PT23H59M, 23 h 59 min ahead of",
    "-PT23H59M, 23 h 59 min behind"
  })
  void token_isSignedByTheTimeOfAws_andExpiresByTheLocalClock(Duration skew, String words) {
    ahead(skew);

    AtmosRun.Result renewing = atmos.token();
    int renewals = renewals();
    AtmosRun.Result cached = atmos.token();

    for (AtmosRun.Result token : List.of(renewing, cached)) {
      assertThat(token.stderr())
          .isEqualTo(
              "atmos: the clock of this machine is "
                  + words
                  + " AWS's, which counts; set the clock\n");
      assertThat(Instant.parse(token.expiry()))
          .isEqualTo(local.instant().plus(Duration.ofMinutes(14)));
    }
    assertThat(renewals()).isEqualTo(renewals);
  }

  @Test
  void credentials_areRenewedByTheTimeOfAws() {
    // By the local clock, they live for 80 minutes.
    ahead(Duration.ofMinutes(-20));
    atmos.token();
    int renewals = renewals();

    local.advance(Duration.ofMinutes(54));
    atmos.token();
    assertThat(renewals()).isEqualTo(renewals);

    local.advance(Duration.ofMinutes(2));
    atmos.token();
    assertThat(renewals()).isGreaterThan(renewals);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT20M", "PT-20M", "PT-3M"})
  void skew_isDroppedWhenTheClockIsMended(Duration skew) {
    ahead(skew);
    atmos.token();
    int renewals = renewals();

    atmos.machine().sleeper().setClock(skew.negated());
    ahead(Duration.ZERO);

    assertThat(atmos.token().stderr()).isEmpty();
    assertThat(renewals()).isEqualTo(renewals);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT119S", "PT-119S", "-PT24H"})
  void clock_thatIsRightOrPastCorrecting_isNotCorrected(Duration skew) {
    ahead(Duration.ofMinutes(20));
    atmos.token();
    local.advance(Duration.ofHours(2));

    ahead(skew);
    atmos.run("auth", "credential-process");

    assertThat(atmos.files().toString()).doesNotContain("clock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1200", "1200 soon", "99999999999 0", "1200 61", "5 0"})
  void note_thatIsMalformed_isPassedOver(String note) {
    ahead(Duration.ofMinutes(20));
    atmos.token();
    ahead(Duration.ZERO);
    for (Map.Entry<String, String> file : atmos.files().entrySet()) {
      if (file.getKey().endsWith("/credentials")) {
        assertThat(file.getValue()).contains("\n; atmos: clock ahead=1200 ");
        atmos.privateFile(file.getKey(), file.getValue().replaceFirst("ahead=.*", "ahead=" + note));
      }
    }

    assertThat(atmos.token().stderr()).isEmpty();
  }
}
