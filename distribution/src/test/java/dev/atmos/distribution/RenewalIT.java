package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.RequestGate;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.loopback.kubernetes.TokenVerifier;
import dev.atmos.loopback.kubernetes.VerifiedToken;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many processes that want what has expired, and one that gets it for all of them. */
class RenewalIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final int PROCESSES = 100;
  private SignInScene scene;
  private LoopbackAws aws;
  private IdentityCenterInstance center;

  @BeforeEach
  void start() throws Exception {
    scene = SignInScene.in(scratch.directory());
    aws = scene.aws;
    center = scene.center;
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private Launch token(String identity) throws IOException {
    return scene.token(identity);
  }

  private void signIn(String identity) throws Exception {
    scene.signIn(identity);
  }

  /** All at once; each has to answer with a token. */
  private void tokens(String identity) throws Exception {
    List<Launch.Running> running = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      running.add(token(identity).start());
    }
    for (Launch.Running each : running) {
      Outcome outcome = each.finish(120);
      outcome.succeeded().quiet();
      assertThat(Credentials.token(outcome.stdout())).startsWith("k8s-aws-v1.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT20M", "-PT20M", "-PT1H30M"})
  void clock_thatIsWrong_isMadeUpFor(Duration ahead) throws Exception {
    Clock right = Clock.offset(Clock.systemUTC(), ahead.negated());
    aws.clock(right);
    signIn("prod");
    int renewals = aws.count(Operation.ASSUME_ROLE);

    for (String identity : List.of("prod", "dev", "prod")) {
      Outcome outcome = token(identity).run().succeeded();
      assertThat(outcome.stderr())
          .startsWith("atmos: the clock of this machine is ")
          .hasLineCount(1);
      VerifiedToken token =
          new TokenVerifier(Partition.AWS, null, right).verify(Credentials.token(outcome.stdout()));
      assertThat(token.signedAt()).isCloseTo(right.instant(), within(1, ChronoUnit.MINUTES));
      Instant expiry =
          Instant.parse(
              Credentials.line(outcome.stdout()).at("/status/expirationTimestamp").textValue());
      assertThat(expiry)
          .isCloseTo(Instant.now().plusSeconds(14 * 60), within(1, ChronoUnit.MINUTES));
    }
    assertThat(aws.count(Operation.ASSUME_ROLE)).isEqualTo(renewals);
  }

  @Test
  void hundredProcesses_withExpiredRoleCredentials_getThemOnce() throws Exception {
    center.roleCredentialLifetime(Duration.ofMinutes(2));
    signIn("dev");
    center.roleCredentialLifetime(Duration.ofHours(1));
    int before = aws.count(Operation.GET_ROLE_CREDENTIALS);

    tokens("dev");

    assertThat(aws.count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(before + 1);
  }

  @Test
  void hundredProcesses_withAnExpiredSession_refreshItOnce_andKeepTheLastToken() throws Exception {
    center.roleCredentialLifetime(Duration.ofMinutes(2));
    center.accessTokenLifetime(Duration.ofMinutes(2));
    signIn("dev");
    int tokens = aws.count(Operation.CREATE_TOKEN);
    center.roleCredentialLifetime(Duration.ofHours(1));
    center.accessTokenLifetime(Duration.ofHours(1));

    tokens("dev");

    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(tokens + 1);
    // A refresh token works once: only the last one can renew the session again.
    center.revokeAccessTokens();
    token("other").run().succeeded();
    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(tokens + 2);
  }

  @Test
  void holderThatIsKilled_leavesItsTurnToTheNext() throws Exception {
    center.roleCredentialLifetime(Duration.ofMinutes(2));
    signIn("dev");
    center.roleCredentialLifetime(Duration.ofHours(1));
    try (RequestGate gate = aws.hold(Operation.GET_ROLE_CREDENTIALS)) {
      Launch.Running holder = token("dev").start();
      gate.awaitArrivals(1);
      Launch.Running next = token("dev").start();
      holder.process().destroyForcibly();
      gate.awaitArrivals(1);
      gate.open();
      assertThat(holder.finish().exit()).isEqualTo(137);
      next.finish().succeeded().quiet();
    }
  }

  @Test
  void serverThatNeverAnswers_isWaitedForWithAnEnd_andSoIsWhoWaitsForIt() throws Exception {
    signIn("dev");
    try (RequestGate gate = aws.hold(Operation.GET_ROLE_CREDENTIALS)) {
      Launch.Running holder = token("other").start();
      gate.awaitArrivals(1);
      Launch.Running next = token("other").start();

      String failure = holder.finish().failed(6);
      assertThat(failure).contains("could not get credentials of identity 'other'");
      assertThat(next.finish().failed(6)).isEqualTo(failure);
    }
  }
}
