package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.loopback.http.ConnectProxy;
import dev.atmos.loopback.http.ConnectProxy.Tunnel;
import dev.atmos.loopback.http.LoopbackServer;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.http.TestCertificateAuthority;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.plugin.testkit.FakeReadOnlyFiles;
import dev.atmos.services.system.ProxyNetwork;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemNetworkTest {
  private static final URI STS = URI.create("https://sts.us-east-2.amazonaws.com/");
  private static final String STRANGER = TestCertificateAuthority.create().pem();

  private final TestCertificateAuthority authority = TestCertificateAuthority.create();
  private final FakeEnvironment environment = new FakeEnvironment();
  private final FakeFiles files = FakeFiles.unix();
  private final List<Path> read = new ArrayList<>();
  private final List<ServerRequest> requests = new CopyOnWriteArrayList<>();
  private LoopbackServer server;
  private String javas = "";
  private String systems = "";

  @BeforeEach
  void start() throws IOException {
    server =
        LoopbackServer.start(
            0,
            authority,
            request -> {
              requests.add(request);
              return request.rawPath().equals("/redirect")
                  ? ServerResponse.of(302, "text/plain", "").header("Location", "/elsewhere")
                  : ServerResponse.of(200, "text/plain", "hello");
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ProxyNetwork network() {
    ReadOnlyFiles recorded =
        new ReadOnlyFiles() {
          private final ReadOnlyFiles reader = new FakeReadOnlyFiles();

          @Override
          public Optional<byte[]> read(Path path, int limit) throws IOException {
            read.add(path);
            return reader.read(path, limit);
          }

          @Override
          public boolean exists(Path path) {
            return reader.exists(path);
          }

          @Override
          public Optional<List<String>> list(Path directory) throws IOException {
            return reader.list(directory);
          }

          @Override
          public Path real(Path path) throws IOException {
            return reader.real(path);
          }
        };
    return LoopbackNetworks.of(environment, files, recorded, javas, systems);
  }

  private URI here(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + server.port() + "/");
  }

  private static int get(ProxyNetwork network, URI uri) throws IOException {
    HttpURLConnection connection =
        network.connection(uri, Duration.ofSeconds(20), Duration.ofSeconds(20));
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  @Nested
  class Trust {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/var/lib/ca-certificates/ca-bundle.pem",
          "/etc/ssl/cert.pem"
        })
    void authority_ofASystemsFile_isTrusted(String file) throws IOException {
      javas = STRANGER;
      files.write(
          file, "# ours\n-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----" + authority.pem());

      assertThat(get(network(), here("https"))).isEqualTo(200);
    }

    @Test
    void authority_ofJava_isTrustedWithoutASingleFile() throws IOException {
      javas = authority.pem();
      files.write("/etc/ssl/certs/ca-certificates.crt", STRANGER);

      assertThat(get(network(), here("https"))).isEqualTo(200);
      assertThat(read).isEmpty();
    }

    @Test
    void authority_ofTheSystemsOwnStore_isTrusted() throws IOException {
      javas = STRANGER;
      systems = authority.pem();

      assertThat(get(network(), here("https"))).isEqualTo(200);
    }

    @Test
    void authority_ofNoStore_isNotTrusted() {
      javas = STRANGER;
      files.write("/etc/ssl/certs/ca-certificates.crt", STRANGER);

      assertUnknownAuthority();
    }

    @Test
    void nobody_withoutAnyStore_isTrusted() {
      assertUnknownAuthority();
    }

    private void assertUnknownAuthority() {
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> get(network(), here("https")))
          .withRootCauseInstanceOf(CertPathBuilderException.class);
      assertThat(requests).isEmpty();
    }

    @Test
    void store_thatTheVariableNames_isInPlaceOfTheSystemsFiles() throws IOException {
      environment.set("SSL_CERT_FILE", "/nix/ca.crt");
      files.write("/etc/ssl/certs/ca-certificates.crt", authority.pem());
      assertUnknownAuthority();

      files.write("/nix/ca.crt", authority.pem());
      assertThat(get(network(), here("https"))).isEqualTo(200);
    }

    @Test
    void bundle_ofAws_replacesAllStores() throws IOException {
      environment.set("AWS_CA_BUNDLE", "/etc/corp.pem");
      javas = authority.pem();
      systems = authority.pem();
      files.write("/etc/ssl/certs/ca-certificates.crt", authority.pem());
      files.write("/etc/corp.pem", STRANGER);
      assertUnknownAuthority();

      files.write("/etc/corp.pem", "Corp\r\n" + (STRANGER + authority.pem()).replace("\n", "\r\n"));
      assertThat(get(network(), here("https"))).isEqualTo(200);
    }

    @Test
    void bundle_ofARelativePath_isInTheWorkingDirectory() throws IOException {
      environment.set("AWS_CA_BUNDLE", "corp.pem");
      files.write("/project/corp.pem", authority.pem());

      assertThat(get(network(), here("https"))).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            missing.pem | there is no such file
            /project    | is a directory
            empty.pem   | there is no certificate in it
            key.pem     | there is no certificate in it
            broken.pem  | certificate 1 can't be read
            """)
    void bundle_thatIsNone_isAnErrorOnceAConnectionIsMade(String name, String why)
        throws IOException {
      files.write("empty.pem", "");
      files.write("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
      files.write("broken.pem", "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n");
      environment.set("AWS_CA_BUNDLE", name);
      ProxyNetwork network = network();

      assertThat(get(network, here("http"))).isEqualTo(200);
      assertThat(read).isEmpty();
      assertThatExceptionOfType(AtmosException.class)
          .isThrownBy(() -> get(network, here("https")))
          .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .satisfies(e ->
              assertThat(e.hint())
                  .contains("name a file of certificates in PEM, or unset AWS_CA_BUNDLE"))
          .withMessage("AWS_CA_BUNDLE names " + name + ", which can't be used: " + why);
    }

    @Test
    void bundle_ofAnEmptyVariable_isNone() throws IOException {
      environment.set("AWS_CA_BUNDLE", "");
      javas = authority.pem();

      assertThat(get(network(), here("https"))).isEqualTo(200);
    }

    @Test
    void name_ofTheServer_isCompared() throws IOException {
      for (boolean ofJava : new boolean[] {true, false}) {
        javas = ofJava ? authority.pem() : STRANGER;
        systems = ofJava ? STRANGER : authority.pem();
        // The certificate is for 127.0.0.1 and localhost.
        try (SocksProxy proxy = new SocksProxy(server.port())) {
          environment.set("HTTPS_PROXY", "socks5://127.0.0.1:" + proxy.port());
          assertThatExceptionOfType(SSLHandshakeException.class)
              .isThrownBy(() -> get(network(), URI.create("https://192.0.2.1/")))
              .withMessageContaining("No subject alternative names matching IP address 192.0.2.1");
        }
      }
    }

    @Test
    void trust_byItself_isForOtherClients() throws Exception {
      javas = STRANGER;
      systems = authority.pem();
      try (HttpClient client = HttpClient.newBuilder().sslContext(network().tls()).build()) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(here("https")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("hello");
      }
    }
  }

  @Nested
  class Proxy {

    @Test
    void host_thatAProxyServes_isReachedThroughIt() throws IOException {
      javas = authority.pem();
      try (ConnectProxy proxy = ConnectProxy.start(server, 0, null)) {
        environment.set("HTTPS_PROXY", proxy.url());

        assertThat(get(network(), STS)).isEqualTo(200);
        assertThat(proxy.tunnels()).containsExactly(new Tunnel(STS.getHost() + ":443", 200));
      }
      assertThat(requests.getFirst().header("host")).contains(STS.getHost());
    }

    @Test
    void proxy_withAPassword_getsItAndTheServerDoesNot() throws IOException {
      javas = authority.pem();
      try (ConnectProxy proxy = ConnectProxy.start(server, 0, "user:p@ss")) {
        environment.set("HTTPS_PROXY", "http://user:p%40ss@127.0.0.1:" + proxy.port());
        ProxyNetwork network = network();

        assertThat(get(network, STS)).isEqualTo(200);
        assertThat(get(network, STS.resolve("/again"))).isEqualTo(200);
        assertThat(proxy.tunnels()).extracting(Tunnel::status).startsWith(407, 200);
      }
      for (ServerRequest request : requests) {
        assertThat(request.header("proxy-authorization")).isEmpty();
        assertThat(request.header("authorization")).isEmpty();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user:wrong@"})
    void proxy_withoutTheRightPassword_letsNobodyThrough(String login) throws IOException {
      javas = authority.pem();
      try (ConnectProxy proxy = ConnectProxy.start(server, 0, "user:password")) {
        environment.set("HTTPS_PROXY", "http://" + login + "127.0.0.1:" + proxy.port());

        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() ->
                network().connection(STS, Duration.ofSeconds(20), Duration.ofSeconds(20)).connect())
            .withMessageContaining("Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 407")
            .withMessageNotContaining("wrong");
      }
      assertThat(requests).isEmpty();
    }

    @Test
    void server_thatAsksForAPassword_doesNotGetTheProxys() throws IOException {
      server.close();
      server =
          LoopbackServer.start(
              0,
              authority,
              request -> {
                requests.add(request);
                return ServerResponse.of(401, "text/plain", "")
                    .header("WWW-Authenticate", "Basic realm=\"x\"");
              });
      javas = authority.pem();
      try (ConnectProxy proxy = ConnectProxy.start(server, 0, null)) {
        environment.set("HTTPS_PROXY", "http://user:password@127.0.0.1:" + proxy.port());

        assertThat(get(network(), STS)).isEqualTo(401);
      }
      assertThat(requests).hasSize(1);
    }

    @Test
    void host_thatIsExcepted_isReachedDirectly() throws IOException {
      javas = authority.pem();
      environment.set("HTTPS_PROXY", "http://127.0.0.1:1").set("HTTP_PROXY", "http://127.0.0.1:1");

      assertThat(get(network(), here("https"))).isEqualTo(200);
      assertThat(get(network(), here("http"))).isEqualTo(200);
    }

    @Test
    void proxy_ofSocks_isSpokenTo() throws IOException {
      javas = authority.pem();
      try (SocksProxy proxy = new SocksProxy(server.port())) {
        environment.set("HTTP_PROXY", "socks5://127.0.0.1:" + proxy.port());

        assertThat(get(network(), URI.create("http://192.0.2.1/"))).isEqualTo(200);
        assertThat(proxy.asked()).containsExactly("192.0.2.1:80");
      }
    }
  }

  @Test
  void redirect_toElsewhere_isNotFollowed() throws IOException {
    assertThat(get(network(), here("http").resolve("/redirect"))).isEqualTo(302);
    assertThat(requests).hasSize(1);
  }

  @Test
  void authorities_ofThisMachine_canBeRead() {
    PlatformAuthorities authorities = new PlatformAuthorities();

    assertThat(authorities.ofJava()).hasSizeGreaterThan(50);
    assertThat(authorities.ofTheSystem()).isNotNull();
  }

  @Test
  void bytes_ofPasswords_areNotInWhatIsPrinted() {
    environment.set("HTTPS_PROXY", "http://user:hunter2@proxy:3128");

    assertThat(network().proxy(STS).toString().getBytes(StandardCharsets.UTF_8))
        .asString(StandardCharsets.UTF_8)
        .doesNotContain("hunter2");
  }
}
