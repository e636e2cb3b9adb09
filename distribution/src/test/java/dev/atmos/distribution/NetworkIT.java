package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.http.CannedServer;
import dev.atmos.loopback.http.ConnectProxy;
import dev.atmos.loopback.http.ConnectProxy.Tunnel;
import dev.atmos.loopback.http.TestCertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sign-in from the networks of companies: proxies with passwords, authorities of their own. */
class NetworkIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final String PASSWORD = "pass:w@rd-that-is-one";
  private static final String ESCAPED = "pass%3Aw%40rd-that-is-one";

  private SignInScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = SignInScene.in(scratch.directory());
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private Path pem(String name, String text) throws IOException {
    return Files.writeString(scene.place.resolve(name), text);
  }

  /** The real hosts of AWS, which the proxy leads to the stand-in. */
  private Launch through(ConnectProxy proxy, String login, String... words) throws IOException {
    return scene.remote(words).env("HTTPS_PROXY", "http://" + login + "127.0.0.1:" + proxy.port());
  }

  @Test
  void proxy_withAPassword_leadsToAllHosts_andThePasswordIsNotShown() throws Exception {
    try (ConnectProxy proxy = scene.aws.startProxy("ann:" + PASSWORD)) {
      Path ca = pem("ca.pem", scene.aws.caPem());
      Outcome login =
          through(
                  proxy,
                  "ann:" + ESCAPED + "@",
                  "auth",
                  "login",
                  "prod",
                  "--no-browser",
                  "--logs-level=Trace")
              .env("AWS_CA_BUNDLE", ca.toString())
              .run()
              .succeeded();
      Outcome logout =
          through(proxy, "ann:" + ESCAPED + "@", "auth", "logout", "--all", "--logs-level=Trace")
              .env("AWS_CA_BUNDLE", ca.toString())
              .run()
              .succeeded();

      assertThat(proxy.tunnels())
          .extracting(Tunnel::host)
          .contains(
              "oidc.us-east-1.amazonaws.com:443",
              "portal.sso.us-east-1.amazonaws.com:443",
              "sts.us-east-1.amazonaws.com:443");
      assertThat(scene.aws.count(Operation.LOGOUT)).isEqualTo(1);
      Canaries canaries = new Canaries(List.of(PASSWORD, ESCAPED));
      for (Outcome outcome : List.of(login, logout)) {
        assertThat(canaries.in(outcome.stderr() + outcome.stdout())).isEmpty();
      }
      assertThat(canaries.holders(scene.place)).isEmpty();
    }
  }

  @Test
  void proxy_thatDoesNotTakeThePassword_isSaidWithoutIt() throws Exception {
    try (ConnectProxy proxy = scene.aws.startProxy("ann:another")) {
      Outcome login =
          through(proxy, "ann:" + ESCAPED + "@", "auth", "login", "dev", "--no-browser")
              .env("AWS_CA_BUNDLE", pem("ca.pem", scene.aws.caPem()).toString())
              .run();

      assertThat(login.failed(2)).contains("of HTTPS_PROXY rejects the user name and the password");
      assertThat(new Canaries(List.of(PASSWORD, ESCAPED)).in(login.stderr())).isEmpty();
      assertThat(proxy.tunnels()).hasSizeLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"NO_PROXY, .invalid", "no_proxy, 'x, portal.corp.invalid:443'", "NO_PROXY, *"})
  void host_thatIsExcepted_isAskedDirectly(String name, String value) throws Exception {
    scene.configure(
        SignInScene.CONFIGURATION.replace(
            "      region: us-east-1\n",
            "      region: us-east-1\n      spec: {endpoint_url: https://portal.corp.invalid}\n"));
    try (ConnectProxy proxy = scene.aws.startProxy(null)) {
      String[] words = {"auth", "login", "dev", "--no-browser"};
      Path ca = pem("ca.pem", scene.aws.caPem());
      Launch launch =
          through(proxy, "", words)
              .env("AWS_CA_BUNDLE", ca.toString())
              .env("ATMOS_TRUSTED_PATHS", scene.place.resolve("cwd").toString());
      launch.run().succeeded();
      int tunnels = proxy.tunnels().size();
      assertThat(proxy.tunnels().getFirst().host()).isEqualTo("portal.corp.invalid:443");
      scene.run("auth", "logout", "--all").run();

      // There is no such host.
      assertThat(launch.env(name, value).run().failed(6))
          .contains("portal.corp.invalid is not found");
      assertThat(proxy.tunnels()).hasSize(tunnels);
    }
  }

  @Test
  void thisMachine_isNeverAskedThroughAProxy() throws Exception {
    try (ConnectProxy proxy = scene.aws.startProxy(null)) {
      scene
          .run("auth", "login", "dev", "--no-browser")
          .env("HTTP_PROXY", proxy.url())
          .env("HTTPS_PROXY", proxy.url())
          .run()
          .succeeded();
      assertThat(proxy.tunnels()).isEmpty();
    }
  }

  /** A proxy that inspects TLS, whose authority is in the system's store or in a bundle. */
  @ParameterizedTest
  @CsvSource({"SSL_CERT_FILE, 0", "AWS_CA_BUNDLE, 0", "OTHER_BUNDLE, 2", "NONE, 2"})
  void authority_ofTheCompany_mustBeTrusted(String variable, int code) throws Exception {
    try (ConnectProxy proxy = scene.aws.startProxy(null)) {
      String system = Files.readString(Path.of("/etc/ssl/certs/ca-certificates.crt"));
      Launch login = through(proxy, "", "auth", "login", "dev", "--no-browser");
      switch (variable) {
        case "SSL_CERT_FILE" ->
            login.env(variable, pem("store.pem", system + scene.aws.caPem()).toString());
        case "AWS_CA_BUNDLE" -> login.env(variable, pem("ca.pem", scene.aws.caPem()).toString());
        case "OTHER_BUNDLE" ->
            login
                .env(
                    "AWS_CA_BUNDLE",
                    pem("other.pem", TestCertificateAuthority.create().pem()).toString())
                .env("SSL_CERT_FILE", pem("ca.pem", scene.aws.caPem()).toString());
        default -> {}
      }

      Outcome outcome = login.run();

      assertThat(outcome.exit()).as(outcome.stderr()).isEqualTo(code);
      if (code != 0) {
        assertThat(outcome.failed(2))
            .contains("oidc.us-east-1.amazonaws.com is from an untrusted authority");
        assertThat(scene.aws.calls()).isEmpty();
      }
    }
  }

  /** What is configured as a proxy answers each of AWS's services as something else would. */
  @ParameterizedTest
  @CsvSource({
    "http, 'SSH-2.0-x\n', is not an HTTP proxy",
    "http, 'HTTP/1.1 502 Bad Gateway\r\n\r\n', refuses to connect to",
    "socks5, 'HTTP/1.1 400 Bad Request\r\n\r\n', is not a SOCKS 5 proxy"
  })
  void proxy_thatAnswersWrongly_isSaidByAllCommands(String scheme, String reply, String why)
      throws Exception {
    scene.signIn("prod");
    try (CannedServer server = CannedServer.start(reply)) {
      String proxy = "127.0.0.1:" + server.port();
      for (String[] words :
          new String[][] {
            {"auth", "login", "dev", "--force", "--no-browser"},
            {"aws", "eks", "token", "--cluster-name=x", "--region=us-east-2", "-i", "other"},
            {"auth", "whoami", "prod"},
            {"aws", "eks", "update-kubeconfig", "--name=x", "--region=us-east-2", "-i", "dev"}
          }) {
        Outcome outcome = scene.remote(words).env("HTTPS_PROXY", scheme + "://" + proxy).run();

        assertThat(outcome.failed(6)).contains("the proxy " + proxy + " of HTTPS_PROXY " + why);
      }
    }
  }
}
