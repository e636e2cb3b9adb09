package dev.atmos.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.ProxyServer;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionFailuresTest {
  private static final String EKS = "could not describe the EKS cluster 'demo': ";
  private static final AwsLimits HASTY =
      new AwsLimits(
          Duration.ofSeconds(20),
          Duration.ofMillis(150),
          Duration.ofSeconds(30),
          null,
          2,
          Duration.ofMillis(1));

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
  void connection_thatIsRefused_saysWhereTo() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    AtmosException failure =
        scene.failure(
            () -> scene.callEks(AwsScene.LIMITS, target -> target.at("http://127.0.0.1:" + port)));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failure.sentence())
        .isEqualTo(EKS + "can't connect to 127.0.0.1 (Connection refused)");
  }

  /** As on a machine without a network; the SDK has words of its own for that. */
  @Test
  void host_thatIsNotFound_isSaidByEveryClient() {
    scene.context.network().instead(new NoNames());

    AtmosException eks = scene.failure(() -> scene.callEks(AwsScene.LIMITS));
    AtmosException sts = scene.failure(() -> scene.callSts(AwsScene.LIMITS));

    assertThat(eks.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(eks.sentence()).isEqualTo(EKS + "the host 127.0.0.1 is not found");
    assertThat(sts.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(sts.sentence())
        .isEqualTo("could not ask STS who we are: the host 127.0.0.1 is not found");
  }

  /** A network in which no host has an address. */
  private static final class NoNames implements ProxyNetwork {
    @Override
    public HttpURLConnection connection(URI uri, Duration toConnect, Duration silence) {
      try {
        return new HttpURLConnection(uri.toURL()) {
          @Override
          public void connect() throws IOException {
            throw new UnknownHostException(getURL().getHost());
          }

          @Override
          public OutputStream getOutputStream() throws IOException {
            throw new UnknownHostException(getURL().getHost());
          }

          @Override
          public void disconnect() {}

          @Override
          public boolean usingProxy() {
            return false;
          }
        };
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    public SSLContext tls() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ProxyServer> proxy(URI uri) {
      return Optional.empty();
    }
  }

  @Test
  void silence_afterTheRequest_isTriedAgainAndSaid() {
    scene.aws.failAlways(Operation.GET_CALLER_IDENTITY, Fault.silence());

    AtmosException failure = scene.failure(() -> scene.callSts(HASTY));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failure.sentence())
        .isEqualTo("could not ask STS who we are: no answer from 127.0.0.1");
    assertThat(scene.aws.count(Operation.GET_CALLER_IDENTITY)).isEqualTo(2);
  }

  @Test
  void answer_thatNeverEnds_isCutOff() throws IOException {
    AwsLimits limits =
        new AwsLimits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofMillis(400),
            null,
            3,
            Duration.ofMillis(1));
    for (String beginning : new String[] {"", "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"}) {
      try (EndlessServer server = new EndlessServer(beginning)) {
        AtmosException failure =
            scene.failure(() -> scene.callEks(limits, target -> target.at(server.url())));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(failure.sentence()).isEqualTo(EKS + "it took longer than 1 s");
      }
    }
  }

  @Test
  void answer_thatTricklesForLongerThanItsLimit_isAFailureOfThatAttempt() throws IOException {
    AwsLimits limits =
        new AwsLimits(
            Duration.ofSeconds(20),
            Duration.ofMillis(300),
            Duration.ofSeconds(30),
            null,
            2,
            Duration.ofMillis(1));
    try (EndlessServer server =
            new EndlessServer("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n");
        ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          time.scheduleAtFixedRate(
              () -> scene.context.clock().advance(Duration.ofMillis(100)),
              50,
              50,
              TimeUnit.MILLISECONDS);
      AtmosException failure =
          scene.failure(() -> scene.callEks(limits, target -> target.at(server.url())));

      assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(failure.sentence()).isEqualTo(EKS + "no answer from 127.0.0.1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"3600 | 1 h", "100 | 100 s", "Wed, 15 Jan 2025 16:00:00 GMT | 4 h", "300 | 5 min"})
  void retryAfter_thatIsLongerThanTheCallMayTake_endsItAtOnce(String header, String span) {
    scene.aws.failAlways(
        Operation.DESCRIBE_CLUSTER, Fault.throttled().header("Retry-After", header));

    AtmosException failure = scene.failure(() -> scene.callEks(AwsScene.LIMITS));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failure.sentence()).isEqualTo(EKS + "AWS is busy; it says to try again in " + span);
    assertThat(scene.aws.count(Operation.DESCRIBE_CLUSTER)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", "soon", "-5", "99999999999", "Thu, 31 Dec 1991 23:59:59 GMT"})
  void retryAfter_thatIsShortOrMalformed_isTriedAgain(String header) {
    scene.aws.failNext(Operation.DESCRIBE_CLUSTER, Fault.throttled().header("Retry-After", header));

    assertThat(scene.callEks(AwsScene.LIMITS)).contains("demo");
    assertThat(scene.aws.count(Operation.DESCRIBE_CLUSTER)).isEqualTo(2);
  }

  @Test
  void reset_onceOfAPost_isTriedAgain() {
    scene.aws.failNext(Operation.GET_CALLER_IDENTITY, Fault.reset());

    assertThat(scene.callSts(AwsScene.LIMITS)).contains("alice");
    assertThat(scene.aws.count(Operation.GET_CALLER_IDENTITY)).isEqualTo(2);
  }

  @Test
  void reset_always_isSaid() {
    scene.aws.failAlways(Operation.GET_CALLER_IDENTITY, Fault.reset());

    AtmosException failure = scene.failure(() -> scene.callSts(AwsScene.LIMITS));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failure.sentence())
        .startsWith("could not ask STS who we are: the connection to 127.0.0.1 was lost (");
    assertThat(scene.aws.count(Operation.GET_CALLER_IDENTITY)).isEqualTo(3);
  }

  @Test
  void half_ofAnAnswer_isTriedAgain() {
    scene.aws.failNext(Operation.DESCRIBE_CLUSTER, Fault.halfAnswer());

    assertThat(scene.callEks(AwsScene.LIMITS)).contains("demo");
    assertThat(scene.aws.count(Operation.DESCRIBE_CLUSTER)).isEqualTo(2);
  }

  @Test
  void half_ofEveryAnswer_isAFailure() {
    scene.aws.failAlways(Operation.DESCRIBE_CLUSTER, Fault.halfAnswer());

    AtmosException failure = scene.failure(() -> scene.callEks(AwsScene.LIMITS));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failure.sentence()).startsWith(EKS + "the connection to 127.0.0.1 was lost (");
  }

  @ParameterizedTest
  @CsvSource({
    "GET_CALLER_IDENTITY, 400, Throttling",
    "GET_CALLER_IDENTITY, 429, TooManyRequests",
    "GET_CALLER_IDENTITY, 500, InternalFailure",
    "GET_CALLER_IDENTITY, 503, Whatever"
  })
  void error_thatMayPass_isTriedAgain(Operation operation, int status, String code) {
    scene.aws.failNext(
        operation, Fault.error(status, code, "later"), Fault.error(status, code, "later"));

    assertThat(scene.callSts(AwsScene.LIMITS)).contains("alice");
    assertThat(scene.aws.count(operation)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"400, ValidationError", "401, Whatever", "403, AccessDenied", "404, NotFound"})
  void error_thatStays_isNotTriedAgain(int status, String code) {
    scene.aws.failAlways(Operation.GET_CALLER_IDENTITY, Fault.error(status, code, "no"));

    scene.failure(() -> scene.callSts(AwsScene.LIMITS));

    assertThat(scene.aws.count(Operation.GET_CALLER_IDENTITY)).isEqualTo(1);
  }

  @Test
  void retryAfter_thatIsLong_endsWithTheTimeOfTheCall() {
    AwsLimits limits =
        new AwsLimits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofMillis(300),
            null,
            3,
            Duration.ofMillis(1));
    scene.aws.failAlways(
        Operation.GET_CALLER_IDENTITY,
        Fault.error(503, "ServiceUnavailable", "later").header("Retry-After", "3600"));

    AtmosException failure = scene.failure(() -> scene.callSts(limits));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(scene.aws.count(Operation.GET_CALLER_IDENTITY)).isEqualTo(1);
  }

  @Test
  void authority_thatIsNotTrusted_isSaidWithWhatToDo() {
    scene.context.environment().set("AWS_ENDPOINT_URL", scene.aws.httpsUrl());
    scene.context.network().trust(dev.atmos.loopback.http.TestCertificateAuthority.create().pem());

    AtmosException failure = scene.failure(() -> scene.callEks(AwsScene.LIMITS));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.sentence())
        .isEqualTo(EKS + "the certificate of 127.0.0.1 is from an untrusted authority");
    assertThat(failure.hint().orElseThrow()).contains("AWS_CA_BUNDLE=FILE.pem");
    assertThat(scene.context.network().asked()).hasSize(1);

    scene.context.environment().set("AWS_CA_BUNDLE", "/etc/corp.pem");
    assertThat(scene.failure(() -> scene.callEks(AwsScene.LIMITS)).hint().orElseThrow())
        .isEqualTo(
            "AWS_CA_BUNDLE replaces all other authorities: add this one to /etc/corp.pem, or unset"
                + " it");
  }

  @Test
  void authority_thatIsTrusted_isTaken() {
    scene.context.environment().set("AWS_ENDPOINT_URL", scene.aws.httpsUrl());
    scene.context.network().trust(scene.aws.caPem());

    assertThat(scene.callEks(AwsScene.LIMITS)).contains("demo");
  }

  @Test
  void network_thatIsMisconfigured_isSaidAsItIsAndOnce() {
    AtmosException bundle = new AtmosException(ExitCode.USAGE, "AWS_CA_BUNDLE names nothing");
    scene.context.network().fail(bundle);

    assertThat(scene.failure(() -> scene.callEks(AwsScene.LIMITS))).isSameAs(bundle);
    assertThat(scene.context.network().asked()).hasSize(1);
  }

  @Test
  void client_thatIsMade_asksForNoConnection() {
    scene.context.network().fail(new AtmosException(ExitCode.USAGE, "AWS_CA_BUNDLE is missing"));

    new AwsClients(scene.context, AwsScene.LIMITS)
        .client(
            software.amazon.awssdk.services.eks.EksClient.builder(),
            AwsTarget.of("EKS", "us-east-2"),
            AwsScene.CREDENTIALS)
        .close();

    assertThat(scene.context.network().asked()).isEmpty();
  }

  // ---- What Java says, in words of ours ---------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          false | HTTP/1.1 407 Needed    | USAGE       | the proxy proxy.corp:3128 of HTTPS_PROXY requires a user name and a password
          true  | HTTP/1.1 407 Needed    | USAGE       | the proxy proxy.corp:3128 of HTTPS_PROXY rejects the user name and the password
          true  | HTTP/1.1 403 Forbidden | UNAVAILABLE | the proxy proxy.corp:3128 of HTTPS_PROXY refuses to connect to eks.us-east-2.amazonaws.com (HTTP/1.1 403 Forbidden)
          """)
  void tunnel_thatIsNotMade_isTheProxys(
      boolean login, String answer, ExitCode exitCode, String why) {
    IOException java =
        new IOException("Unable to tunnel through proxy. Proxy returns \"" + answer + "\"");

    NoConnectionException failure = noConnection(proxied(login), java);

    assertThat(failure.exitCode()).isEqualTo(exitCode);
    assertThat(failure.getMessage()).isEqualTo(why);
  }

  @Test
  void host_thatIsNotFound_mayBeTheProxys() {
    UnknownHostException java = new UnknownHostException("whoever");

    assertThat(noConnection(new FakeServices(), java))
        .hasMessage("the host eks.us-east-2.amazonaws.com is not found")
        .extracting(NoConnectionException::exitCode)
        .isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(noConnection(proxied(false), java))
        .hasMessage("the host of the proxy proxy.corp:3128 of HTTPS_PROXY is not found");
  }

  @Test
  void certificate_forAnotherHost_isSaid() {
    SSLHandshakeException java = new SSLHandshakeException("No name matching x found");
    java.initCause(new java.security.cert.CertificateException("No name matching x found"));

    assertThat(noConnection(new FakeServices(), java))
        .hasMessage(
            "the certificate of eks.us-east-2.amazonaws.com is not valid: No name matching x"
                + " found");
  }

  private static FakeServices proxied(boolean login) {
    FakeServices context = new FakeServices();
    context
        .network()
        .proxy(
            new ProxyServer(
                ProxyServer.Kind.HTTP,
                "proxy.corp",
                3128,
                login ? "user" : null,
                login ? Secret.of("password") : null,
                "HTTPS_PROXY"));
    return context;
  }

  private static NoConnectionException noConnection(FakeServices context, IOException java) {
    ConnectionFailures failures = new ConnectionFailures(context.network(), context.environment());
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        NoConnectionException.class,
        () -> failures.of(URI.create("https://eks.us-east-2.amazonaws.com/clusters"), java));
  }
}
