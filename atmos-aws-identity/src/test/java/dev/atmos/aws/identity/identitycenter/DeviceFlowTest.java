package dev.atmos.aws.identity.identitycenter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The device flow, question by question (RFC 8628). */
class DeviceFlowTest {
  private final IdentityCenterScenario scenario = new IdentityCenterScenario();
  private final LoopbackAws aws = scenario.aws();
  private final IdentityCenterInstance center = scenario.center();

  @AfterEach
  void stop() {
    scenario.close();
  }

  private Token signIn() {
    return scenario.signIn();
  }

  private AtmosException failure() {
    AtmosException failure = KindScenario.failure(this::signIn);
    assertThat(scenario.user().waiting()).isZero();
    return failure;
  }

  @Test
  void page_always_hasAddressCodeAndEnd() {
    center.autoAllow("ann", 0);

    signIn();

    assertThat(scenario.user().visited())
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

    Token token = signIn();

    assertThat(scenario.services().sleeper().taken())
        .hasSize(5)
        .containsOnly(Duration.ofSeconds(3));
    assertThat(token.type()).isEqualTo(Token.IDENTITY_CENTER);
  }

  /** RFC 8628, section 3.2: five seconds where the server doesn't say. */
  @ParameterizedTest
  @ValueSource(longs = {0, -3})
  void polling_withoutAnInterval_waitsAllTheSame(long interval) {
    center.interval(interval).autoAllow("ann", 2);

    signIn();

    assertThat(scenario.services().sleeper().taken())
        .hasSize(3)
        .containsOnly(Duration.ofSeconds(5));
  }

  @Test
  void polling_toldToSlowDown_waitsFiveSecondsLongerForGood() {
    center.interval(2).autoAllow("ann", 1);
    aws.failNext(
        Operation.CREATE_TOKEN,
        Fault.error(400, "slow_down", "slow down"),
        Fault.error(400, "slow_down", "slow down"));

    signIn();

    assertThat(scenario.services().sleeper().taken())
        .containsExactly(
            Duration.ofSeconds(2),
            Duration.ofSeconds(7),
            Duration.ofSeconds(12),
            Duration.ofSeconds(12));
  }

  @Test
  void denial_inTheBrowser_ends() {
    scenario.user().onVisit(page -> center.deny(String.valueOf(page.code())));

    AtmosException failure = failure();

    assertThat(failure.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(failure.sentence()).isEqualTo("the sign-in of 'corp' was refused in the browser");
  }

  @Test
  void code_thatIsNotApproved_expiresByOwnClock() {
    center.interval(5);

    AtmosException failure = failure();

    assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(failure.sentence())
        .isEqualTo("sign-in to 'corp' timed out: the code expired before it was approved");
    assertThat(scenario.services().sleeper().uptime())
        .isLessThanOrEqualTo(
            Duration.ofSeconds(scenario.services().clock().instant().getEpochSecond()));
    assertThat(aws.count(Operation.CREATE_TOKEN)).isLessThanOrEqualTo(120);
  }

  @Test
  void code_thatExpiresAtTheServer_ends() {
    center.deviceCodeLifetime(Duration.ofSeconds(30));
    aws.failNext(Operation.CREATE_TOKEN, Fault.error(400, "expired_token", "device code expired"));

    assertThat(failure().exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(1);
  }

  @Test
  void interruption_always_endsTheWaiting() {
    scenario
        .services()
        .sleeper()
        .during(() -> {
          throw new AtmosException(ExitCode.INTERRUPTED, "interrupted");
        });

    assertThat(failure().exitCode()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  void registration_untilItExpires_isReused() {
    aws.registrationLifetime(Duration.ofDays(90));
    center.autoAllow("ann", 0);
    signIn();
    scenario.services().clock().advance(Duration.ofDays(2));
    signIn();
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(1);

    scenario.services().clock().advance(Duration.ofDays(90));
    signIn();
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(2);
    assertThat(scenario.user().visited()).hasSize(3);
  }

  @Test
  void registration_thatAwsForgot_isRepeatedOnce() {
    center.autoAllow("ann", 0);
    signIn();
    scenario.services().clock().advance(Duration.ofDays(2));
    aws.failAlways(
        Operation.START_DEVICE_AUTHORIZATION, Fault.error(401, "invalid_client", "unknown client"));
    aws.onCall(call -> {
      if (call.operation() == Operation.REGISTER_CLIENT) {
        aws.heal(Operation.START_DEVICE_AUTHORIZATION);
      }
    });

    signIn();

    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(2);
    assertThat(scenario.user().visited()).hasSize(2);
  }

  @Test
  void server_thatFails_isPolledAgain() {
    center.autoAllow("ann", 0);
    aws.failNext(
        Operation.CREATE_TOKEN,
        Fault.error(500, "server_error", "oops"),
        Fault.error(500, "server_error", "oops"));

    assertThat(signIn().type()).isEqualTo(Token.IDENTITY_CENTER);
  }

  @Test
  void untrustedFile_always_failsBeforeAnythingIsSent() {
    scenario.kinds().distrusting();

    assertThat(failure().exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(aws.calls()).isEmpty();
  }
}
