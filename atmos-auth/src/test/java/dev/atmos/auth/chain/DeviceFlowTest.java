package dev.atmos.auth.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The device flow, question by question (RFC 8628). */
class DeviceFlowTest {
  private static final String START_URL = "https://acme.awsapps.com/start";
  private static final String CONFIG =
      """
      auth:
        providers:
          corp: {kind: aws/iam-identity-center, start_url: %s, region: us-east-1}
      """
          .formatted(START_URL);

  private final Desk desk = new Desk().config(CONFIG);
  private LoopbackAws aws;
  private IdentityCenterInstance center;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(desk.context().clock());
    center = aws.identityCenter(START_URL, "us-east-1");
    center.assign("ann", "111111111111", "dev", "Admin");
    desk.set("AWS_ENDPOINT_URL", aws.url());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private ProviderSession signIn() {
    return desk.sessions().signInToProvider("corp", new SignInOptions(desk.visitor(), false));
  }

  private AtmosException failure() {
    AtmosException failure = catchThrowableOfType(AtmosException.class, this::signIn);
    assertThat(failure).isNotNull();
    assertThat(desk.visitor().waiting()).isZero();
    return failure;
  }

  @Test
  void page_always_hasAddressCodeAndEnd() {
    center.autoAllow("ann", 0);

    signIn();

    assertThat(desk.visitor().visited())
        .singleElement()
        .satisfies(page -> {
          assertThat(page.provider()).isEqualTo("corp");
          assertThat(page.address()).startsWith("http");
          assertThat(page.code()).matches("[A-Z]{4}-[A-Z]{4}");
          assertThat(page.completeAddress()).contains(String.valueOf(page.code()));
          assertThat(page.until()).isEqualTo("2025-01-15T12:10:00Z");
        });
  }

  @Test
  void polling_whilePending_waitsTheIntervalEachTime() {
    center.interval(3).strictPolling(true).autoAllow("ann", 4);

    ProviderSession session = signIn();

    assertThat(desk.context().pauses().taken()).hasSize(5).containsOnly(Duration.ofSeconds(3));
    assertThat(session.origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(session.store()).isEqualTo("plain");
    assertThat(session.borrowed()).isFalse();
  }

  /** RFC 8628, section 3.2: five seconds where nobody says how many. */
  @ParameterizedTest
  @ValueSource(longs = {0, -3})
  void polling_withoutAnInterval_waitsAllTheSame(long interval) {
    center.interval(interval).autoAllow("ann", 2);

    signIn();

    assertThat(desk.context().pauses().taken()).hasSize(3).containsOnly(Duration.ofSeconds(5));
  }

  @Test
  void polling_toldToSlowDown_waitsFiveSecondsLongerForGood() {
    center.interval(2).autoAllow("ann", 1);
    aws.failNext(
        Operation.CREATE_TOKEN,
        Fault.error(400, "slow_down", "slow down"),
        Fault.error(400, "slow_down", "slow down"));

    signIn();

    assertThat(desk.context().pauses().taken())
        .containsExactly(
            Duration.ofSeconds(2),
            Duration.ofSeconds(7),
            Duration.ofSeconds(12),
            Duration.ofSeconds(12));
  }

  @Test
  void denial_ends() {
    desk.visitor().onVisit(page -> center.deny(String.valueOf(page.code())));

    AtmosException failure = failure();

    assertThat(failure.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(failure.sentence()).isEqualTo("the sign-in of 'corp' was refused in the browser");
  }

  @Test
  void nobody_comes_endsByOwnClock() {
    center.interval(5);

    AtmosException failure = failure();

    assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(failure.sentence())
        .isEqualTo("nobody has allowed the sign-in of 'corp' before its code expired");
    assertThat(desk.context().pauses().uptime())
        .isLessThanOrEqualTo(Duration.ofSeconds(desk.context().clock().instant().getEpochSecond()));
    assertThat(aws.count(Operation.CREATE_TOKEN)).isLessThanOrEqualTo(120);
  }

  @Test
  void codeThatExpiresAtTheServer_ends() {
    center.deviceCodeLifetime(Duration.ofSeconds(30));
    aws.failNext(Operation.CREATE_TOKEN, Fault.error(400, "expired_token", "device code expired"));

    assertThat(failure().exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(1);
  }

  @Test
  void interruption_endsTheWaiting() {
    desk.context()
        .pauses()
        .during(() -> {
          throw new AtmosException(ExitCode.INTERRUPTED, "interrupted");
        });

    assertThat(failure().exitCode()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  void registration_isUsedUntilItExpires() {
    aws.registrationLifetime(Duration.ofDays(90));
    center.autoAllow("ann", 0).sessionLifetime(Duration.ofDays(1));
    signIn();
    desk.context().clock().advance(Duration.ofDays(2));
    signIn();
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(1);

    desk.context().clock().advance(Duration.ofDays(90));
    signIn();
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(2);
    assertThat(desk.visitor().visited()).hasSize(3);
  }

  @Test
  void registrationThatIsNotKnownAnyMore_isMadeAnewOnce() {
    center.autoAllow("ann", 0).sessionLifetime(Duration.ofDays(1));
    signIn();
    desk.context().clock().advance(Duration.ofDays(2));
    aws.failAlways(
        Operation.START_DEVICE_AUTHORIZATION, Fault.error(401, "invalid_client", "unknown client"));
    aws.onCall(call -> {
      if (call.operation() == Operation.REGISTER_CLIENT) {
        aws.heal(Operation.START_DEVICE_AUTHORIZATION);
      }
    });

    signIn();

    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(2);
    assertThat(desk.visitor().visited()).hasSize(2);
  }

  @Test
  void serverThatStumbles_isAskedAgain() {
    center.autoAllow("ann", 0);
    aws.failNext(
        Operation.CREATE_TOKEN,
        Fault.error(500, "server_error", "oops"),
        Fault.error(500, "server_error", "oops"));

    assertThat(signIn().origin()).isEqualTo(Session.Origin.SIGNED_IN);
  }

  @Test
  void untrustedFile_isAskedAboutBeforeAnythingIsSent() {
    desk.distrusting();

    assertThat(failure().exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void force_signsInAgainAlthoughThereIsASession() {
    center.autoAllow("ann", 0);
    signIn();
    assertThat(signIn().origin()).isEqualTo(Session.Origin.KEPT);

    ProviderSession again =
        desk.sessions().signInToProvider("corp", new SignInOptions(desk.visitor(), true));

    assertThat(again.origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(desk.visitor().visited()).hasSize(2);
  }
}
