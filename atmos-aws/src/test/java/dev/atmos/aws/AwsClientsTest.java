package dev.atmos.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.RecordedCall;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The JVM of these tests has an environment full of other keys, profiles, files, endpoints, proxies
 * and settings (see the pom). The clients have to ignore all of it.
 */
class AwsClientsTest {
  private AwsScene scene;

  @BeforeEach
  void start() throws IOException {
    scene = new AwsScene();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void environment_ofTheJvm_isHostile() {
    assertThat(System.getenv("AWS_ENDPOINT_URL")).isEqualTo("http://127.0.0.1:1");
    assertThat(System.getenv("AWS_ACCESS_KEY_ID")).startsWith("AKIAHOSTILE");
    assertThat(System.getenv("AWS_CONFIG_FILE")).endsWith("hostile-config");
  }

  @Test
  void client_ofXmlAndOfJson_answers() {
    assertThat(scene.callSts(AwsScene.LIMITS)).isEqualTo("arn:aws:iam::111122223333:user/alice");
    assertThat(scene.callEks(AwsScene.LIMITS))
        .isEqualTo("arn:aws:eks:us-east-2:111122223333:cluster/demo");
  }

  @Test
  void call_withCredentials_isSignedWithThem() {
    scene.callSts(AwsScene.LIMITS);

    RecordedCall call = scene.aws.calls(Operation.GET_CALLER_IDENTITY).getFirst();
    assertThat(call.accessKeyId()).isEqualTo(AwsScene.KEY.id());
    assertThat(header(call, "authorization")).contains("/us-east-2/sts/aws4_request");
    assertThat(call.headers()).doesNotContainKey("x-amz-security-token");
  }

  @Test
  void call_withASessionToken_sendsIt() {
    AwsCredentials session =
        AwsCredentials.of("ASIAEXAMPLE", Secret.of("secret"), Secret.of("the-token"), null);

    scene.failure(() -> scene.callSts(AwsScene.LIMITS, session));

    RecordedCall call = scene.aws.calls(Operation.GET_CALLER_IDENTITY).getFirst();
    assertThat(call.accessKeyId()).isEqualTo("ASIAEXAMPLE");
    assertThat(header(call, "x-amz-security-token")).isEqualTo("the-token");
  }

  @Test
  void call_withoutCredentials_isNotSigned() {
    AtmosException failure = scene.failure(() -> scene.callSts(AwsScene.LIMITS, null));

    RecordedCall call = scene.aws.calls(Operation.GET_CALLER_IDENTITY).getFirst();
    assertThat(call.accessKeyId()).isNull();
    assertThat(call.headers()).doesNotContainKey("authorization");
    assertThat(failure.exitCode()).isIn(ExitCode.SIGN_IN_REQUIRED, ExitCode.DENIED);
  }

  @Test
  void userAgent_ofACall_namesAtmos() {
    scene.callEks(AwsScene.LIMITS);

    assertThat(header(scene.aws.calls().getFirst(), "user-agent")).endsWith(" atmos");
  }

  @Test
  void attempts_ofACall_areThoseOfTheLimits() {
    scene.aws.failAlways(Operation.GET_CALLER_IDENTITY, Fault.unavailable());

    scene.failure(() -> scene.callSts(AwsScene.LIMITS));

    assertThat(scene.aws.count(Operation.GET_CALLER_IDENTITY)).isEqualTo(3);
  }

  @Test
  void clock_thatIsWrong_isMadeUpForByAnotherAttempt() {
    InstantSource ahead = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(20));
    scene.aws.clock(ahead);

    assertThat(scene.callSts(AwsScene.LIMITS)).contains("alice");
    assertThat(scene.aws.count(Operation.GET_CALLER_IDENTITY)).isEqualTo(2);
  }

  @Test
  void redirect_toElsewhere_isNotFollowed() {
    scene.aws.failAlways(
        Operation.DESCRIBE_CLUSTER,
        Fault.raw(302, Map.of("Location", scene.aws.url() + "/elsewhere"), ""));

    AtmosException failure = scene.failure(() -> scene.callEks(AwsScene.LIMITS));

    assertThat(failure.sentence())
        .isEqualTo("could not describe the EKS cluster 'demo': AWS answered 302");
    assertThat(scene.aws.count(Operation.UNKNOWN)).isZero();
  }

  @Test
  void total_thatHasPassed_allowsNoMoreCalls() {
    AwsLimits limits =
        new AwsLimits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(15),
            3,
            Duration.ofMillis(1));
    AwsClients clients = new AwsClients(scene.context, limits);
    scene.context.sleeper().pause(Duration.ofSeconds(15));

    AtmosException failure =
        scene.failure(() -> clients.call("renew a token", () -> List.of("never")));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failure.sentence()).isEqualTo("could not renew a token: it took longer than 15 s");
  }

  @Test
  void interruption_ofACall_isSaid() {
    Thread.currentThread().interrupt();
    try {
      AtmosException failure = scene.failure(() -> scene.callEks(AwsScene.LIMITS));

      assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void failures_ofWhatIsAsked_passThrough() {
    AtmosException mine = new AtmosException(ExitCode.USAGE, "mine");
    AwsClients clients = new AwsClients(scene.context, AwsScene.LIMITS);

    AtmosException failure =
        scene.failure(() ->
            clients.call(
                "do it",
                () -> {
                  throw mine;
                }));

    assertThat(failure).isSameAs(mine);
  }

  @Test
  void library_thatLogs_saysNothing() {
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      scene.aws.failNext(Operation.GET_CALLER_IDENTITY, Fault.reset());
      scene.callSts(AwsScene.LIMITS);
    } finally {
      System.setErr(err);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void skew_thatAwsRefuses_isNamed() {
    Instant here = scene.context.clock().instant();
    scene.aws.clock(InstantSource.fixed(here.plus(Duration.ofMinutes(20))));
    scene.aws.failAlways(
        Operation.GET_CALLER_IDENTITY,
        Fault.error(403, "SignatureDoesNotMatch", "Signature not yet current"));

    AtmosException failure = scene.failure(() -> scene.callSts(AwsScene.LIMITS));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(failure.sentence())
        .isEqualTo(
            "could not ask STS who we are: the clock of this machine is 20 min behind AWS's");
    assertThat(failure.hint()).contains("set it, and try again");
  }

  private static String header(RecordedCall call, String name) {
    return call.headers().getOrDefault(name, List.of("")).getFirst();
  }
}
