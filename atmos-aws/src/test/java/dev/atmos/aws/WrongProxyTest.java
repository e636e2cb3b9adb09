package dev.atmos.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.http.CannedServer;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.ProxyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said if something else answers where a proxy or AWS should be. */
class WrongProxyTest {
  private static final String EKS = "could not describe the EKS cluster 'demo': ";
  private static final String HOST = "eks.us-east-2.amazonaws.com";

  /** All calls through one proxy, by Java's own client. */
  private record Through(ProxyServer server) implements ProxyNetwork {
    @Override
    public HttpURLConnection connection(URI uri, Duration toConnect, Duration silence) {
      Proxy.Type type =
          server.kind() == ProxyServer.Kind.SOCKS ? Proxy.Type.SOCKS : Proxy.Type.HTTP;
      try {
        return (HttpURLConnection)
            uri.toURL()
                .openConnection(
                    new Proxy(
                        type, InetSocketAddress.createUnresolved(server.host(), server.port())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public SSLContext tls() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ProxyServer> proxy(URI uri) {
      return Optional.of(server);
    }
  }

  private static AtmosException failure(ProxyServer server) throws IOException {
    try (AwsScene scene = new AwsScene()) {
      scene.context.environment().set("AWS_ENDPOINT_URL", "https://" + HOST);
      scene.context.network().instead(new Through(server));
      return scene.failure(() -> scene.callEks(AwsScene.LIMITS));
    }
  }

  private static ProxyServer proxy(ProxyServer.Kind kind, String host, int port) {
    return new ProxyServer(kind, host, port, null, null, "HTTPS_PROXY");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP  | garbage\\n                              | PROXY is not an HTTP proxy
          HTTP  | HTTP/1.1 \\r\\n\\r\\n                   | PROXY is not an HTTP proxy
          HTTP  | HTTP/1.1 soon OK\\r\\n\\r\\n            | PROXY is not an HTTP proxy
          HTTP  | HTTP/1.1 502 Bad Gateway\\r\\n\\r\\n    | PROXY refuses to connect to HOST (HTTP/1.1 502 Bad Gateway)
          HTTP  | HTTP/1.1 407 Who\\r\\n\\r\\n            | PROXY requires a user name and a password
          HTTP  | \\5\\0                                  | the connection to HOST through PROXY was lost (
          HTTP  |                                         | the connection to HOST through PROXY was lost (
          HTTP  | HTTP/1.1 200 OK\\r\\n\\r\\n|TLS with HOST through PROXY failed (
          SOCKS | HTTP/1.1 400 Bad Request\\r\\n\\r\\n    | PROXY is not a SOCKS 5 proxy
          SOCKS | \\0Z\\0\\0\\0\\0\\0\\0                  | PROXY is not a SOCKS 5 proxy
          SOCKS |                                         | the connection to HOST through PROXY was lost (Malformed reply from SOCKS server)
          SOCKS | \\5\\377                                | PROXY does not connect to HOST (SOCKS : No acceptable methods)
          SOCKS | \\5\\0&\\5\\1\\0\\1\\0\\0\\0\\0\\0\\0   | PROXY does not connect to HOST (SOCKS server general failure)
          SOCKS | \\5\\0&\\5\\2\\0\\1\\0\\0\\0\\0\\0\\0   | PROXY does not connect to HOST (SOCKS: Connection not allowed by ruleset)
          SOCKS | \\5\\0&\\5\\4\\0\\1\\0\\0\\0\\0\\0\\0   | PROXY does not connect to HOST (SOCKS: Host unreachable)
          SOCKS | \\5\\0&\\5\\0\\0\\1\\0\\0\\0\\0\\0\\0&no| TLS with HOST through PROXY failed (
          """)
  void proxy_thatAnswersWrongly_isSaidToHaveDoneSo(
      ProxyServer.Kind kind, String replies, String why) throws IOException {
    String[] parts = replies == null ? new String[0] : replies.translateEscapes().split("&", -1);
    try (CannedServer server = CannedServer.start(parts)) {
      AtmosException failure = failure(proxy(kind, "127.0.0.1", server.port()));

      String proxy = "the proxy 127.0.0.1:" + server.port() + " of HTTPS_PROXY";
      assertThat(failure.sentence())
          .startsWith(EKS + why.replace("PROXY", proxy).replace("HOST", HOST));
      assertThat(failure.exitCode())
          .isEqualTo(why.contains("password") ? ExitCode.USAGE : ExitCode.UNAVAILABLE);
    }
  }

  @ParameterizedTest
  @CsvSource({"HTTP", "SOCKS"})
  void proxy_whoseHostIsNotFound_isSaid(ProxyServer.Kind kind) throws IOException {
    assertThat(failure(proxy(kind, "proxy.invalid", 3128)).sentence())
        .isEqualTo(EKS + "the host of the proxy proxy.invalid:3128 of HTTPS_PROXY is not found");
  }

  @ParameterizedTest
  @CsvSource({"HTTP", "SOCKS"})
  void proxy_thatIsNotRunning_isSaid(ProxyServer.Kind kind) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(failure(proxy(kind, "127.0.0.1", port)).sentence())
        .isEqualTo(
            EKS
                + "can't connect to "
                + HOST
                + " through the proxy 127.0.0.1:"
                + port
                + " of HTTPS_PROXY (Connection refused)");
  }

  @Test
  void proxy_ofAnotherKind_getsAdvice() throws IOException {
    try (CannedServer server = CannedServer.start("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      assertThat(failure(proxy(ProxyServer.Kind.SOCKS, "127.0.0.1", server.port())).hint())
          .contains("HTTPS_PROXY says of which kind it is: http://HOST:PORT or socks5://HOST:PORT");
    }
  }

  @ParameterizedTest
  @CsvSource({"https, TLS with 127.0.0.1 failed (", "http, the connection to 127.0.0.1 was lost ("})
  void server_thatSpeaksSomethingElse_isSaid(String scheme, String why) throws IOException {
    // An alert of TLS, as a server of TLS answers a request in plain text.
    try (CannedServer server = CannedServer.start("\25\3\3\0\2\2F");
        AwsScene scene = new AwsScene()) {
      scene.context.network().trust(scene.aws.caPem());
      AtmosException failure =
          scene.failure(() ->
              scene.callEks(
                  AwsScene.LIMITS, target -> target.at(scheme + "://127.0.0.1:" + server.port())));

      assertThat(failure.sentence()).startsWith(EKS + why);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }
  }
}
