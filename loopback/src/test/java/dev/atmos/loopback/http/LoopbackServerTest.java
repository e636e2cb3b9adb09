package dev.atmos.loopback.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.loopback.http.ConnectProxy.Tunnel;
import dev.atmos.loopback.http.ServerResponse.Delivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackServerTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final TestCertificateAuthority authority = TestCertificateAuthority.create();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private volatile Delivery delivery = Delivery.WHOLE;
  private LoopbackServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        LoopbackServer.start(
            0,
            authority,
            List.of("sts.us-east-2.amazonaws.com"),
            request -> {
              arrived.countDown();
              String echo =
                  "%s %s %s %s %s"
                      .formatted(
                          request.method(),
                          request.path(),
                          request.query("q").orElse("-"),
                          request.header("host").orElse("-").replaceFirst(":.*", ""),
                          request.body());
              return ServerResponse.of(200, "text/plain", echo).delivered(delivery);
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpClient.Builder client() throws Exception {
    return HttpClient.newBuilder().sslContext(trust()).version(HttpClient.Version.HTTP_1_1);
  }

  /** Trusts the test's authority and no other. */
  private SSLContext trust() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "authority",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(authority.pem().getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private String get(HttpClient client, String url) throws Exception {
    return client
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1, 127.0.0.1",
    "https://127.0.0.1, 127.0.0.1",
    "https://localhost, localhost"
  })
  void request_byHttpAndByTls_comesInOnOnePort(String start, String host) throws Exception {
    try (HttpClient client = client().build()) {
      String url = start + ":" + server.port() + "/a%20b?p=1&q=%C3%A4+%2B";

      assertThat(get(client, url)).isEqualTo("GET /a b ä + " + host + " ");
      // On the connection that is open.
      assertThat(get(client, url)).startsWith("GET");
    }
  }

  @Test
  void body_inChunks_isPutTogether() throws Exception {
    try (HttpClient client = client().build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
              .expectContinue(true)
              .POST(
                  BodyPublishers.ofInputStream(() ->
                      new ByteArrayInputStream(
                          "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII))))
              .build();

      assertThat(client.send(request, BodyHandlers.ofString()).body())
          .endsWith(" " + "x".repeat(100_000));
    }
  }

  @ParameterizedTest
  @CsvSource({"sts.us-east-2.amazonaws.com, true", "sts.us-east-1.amazonaws.com, false"})
  void certificate_hasTheHostsThatLeadHere(String host, boolean trusted) throws Exception {
    try (Socket tcp = new Socket(LOOPBACK, server.port());
        SSLSocket tls =
            (SSLSocket) trust().getSocketFactory().createSocket(tcp, host, server.port(), true)) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      if (trusted) {
        tls.startHandshake();
      } else {
        assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(tls::startHandshake);
      }
    }
  }

  @Test
  void certificate_ofAnAuthorityThatIsNotTrusted_isRefused() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> get(client, "https://127.0.0.1:" + server.port() + "/"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void answer_thatIsHalf_endsBeforeItsEnd(String scheme) throws Exception {
    delivery = Delivery.HALF;
    try (HttpClient client = client().build()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> get(client, scheme + "://127.0.0.1:" + server.port() + "/"))
          .withMessageContaining("fixed content-length: 18, bytes received: 9");
    }
  }

  @Test
  void answer_thatIsReset_isAReset() throws Exception {
    delivery = Delivery.RESET;
    try (Socket socket = new Socket(LOOPBACK, server.port())) {
      send(socket, "GET / HTTP/1.1\r\n\r\n");

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> socket.getInputStream().read())
          .withMessageContaining("reset");
    }
  }

  @Test
  void answer_thatNeverComes_endsWithTheServer() throws Exception {
    delivery = Delivery.NEVER;
    try (Socket socket = new Socket(LOOPBACK, server.port())) {
      send(socket, "GET / HTTP/1.1\r\n\r\n");
      assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();
      server.close();

      assertThat(restOf(socket)).isEmpty();
    }
  }

  /** What is still to come, if the end isn't a reset. */
  private static byte[] restOf(Socket socket) {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      return new byte[0];
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no request\r\n\r\n",
        "GET / HTTP/2\r\n\r\n",
        "GET / HTTP/1.1\r\nno header\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
        "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
      })
  void request_thatIsNone_endsTheConnection(String request) throws Exception {
    try (Socket socket = new Socket(LOOPBACK, server.port())) {
      send(socket, request);

      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Test
  void proxy_forAnyHost_leadsHereWithACertificateForIt() throws Exception {
    try (ConnectProxy proxy = ConnectProxy.start(server, 0, null);
        HttpClient client = client().proxy(through(proxy)).build()) {
      assertThat(get(client, "https://oidc.us-east-1.amazonaws.com/token"))
          .isEqualTo("GET /token - oidc.us-east-1.amazonaws.com ");
      assertThat(get(client, "https://sts.cn-north-1.amazonaws.com.cn/"))
          .isEqualTo("GET / - sts.cn-north-1.amazonaws.com.cn ");
      assertThat(proxy.tunnels())
          .containsExactly(
              new Tunnel("oidc.us-east-1.amazonaws.com:443", 200),
              new Tunnel("sts.cn-north-1.amazonaws.com.cn:443", 200));
    }
  }

  private static ProxySelector through(ConnectProxy proxy) {
    return ProxySelector.of(new InetSocketAddress(LOOPBACK, proxy.port()));
  }

  @Test
  void proxy_withAPassword_letsInWhoKnowsIt() throws Exception {
    try (ConnectProxy proxy = ConnectProxy.start(server, 0, "ann:s3cret")) {
      String header = "Basic YW5uOnMzY3JldA==";
      assertThat(connect(proxy, "Proxy-Authorization: " + header + "\r\n")).contains(" 200 ");
      assertThat(connect(proxy, ""))
          .contains(" 407 ", "Proxy-Authenticate: Basic realm=\"loopback\"");
      assertThat(connect(proxy, "Proxy-Authorization: Basic eA==\r\n")).contains(" 407 ");
      assertThat(proxy.tunnels()).extracting(Tunnel::status).containsExactly(200, 407, 407);
    }
  }

  private static String connect(ConnectProxy proxy, String header) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, proxy.port())) {
      send(socket, "CONNECT sts.amazonaws.com:443 HTTP/1.1\r\n" + header + "\r\n");
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
