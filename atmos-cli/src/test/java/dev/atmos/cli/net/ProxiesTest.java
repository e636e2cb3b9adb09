package dev.atmos.cli.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.services.system.ProxyServer;
import dev.atmos.services.system.ProxyServer.Kind;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final URI STS = URI.create("https://sts.us-east-2.amazonaws.com/");
  private final FakeEnvironment environment = new FakeEnvironment();
  private final Proxies proxies = new Proxies(environment);

  @Test
  void proxy_withoutVariables_isNone() {
    assertThat(proxies.serving(STS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.corp:3128,          HTTP,  proxy.corp,  3128",
    "HTTP://proxy.corp:3128/,         HTTP,  proxy.corp,  3128",
    "http://proxy.corp:3128/path?q#f, HTTP,  proxy.corp,  3128",
    "proxy.corp:3128,                 HTTP,  proxy.corp,  3128",
    "' proxy.corp:3128 ',             HTTP,  proxy.corp,  3128",
    "http://proxy.corp,               HTTP,  proxy.corp,  80",
    "proxy,                           HTTP,  proxy,       80",
    "http://my_proxy:8080,            HTTP,  my_proxy,    8080",
    "http://10.0.0.1:8080,            HTTP,  10.0.0.1,    8080",
    "http://[2001:db8::1]:8080,       HTTP,  2001:db8::1, 8080",
    "http://[2001:db8::1],            HTTP,  2001:db8::1, 80",
    "socks5://localhost:1080,         SOCKS, localhost,   1080",
    "socks5h://proxy,                 SOCKS, proxy,       1080"
  })
  void proxy_ofAUrl_isTaken(String url, Kind kind, String host, int port) {
    environment.set("HTTPS_PROXY", url);

    assertThat(proxies.serving(STS))
        .contains(new ProxyServer(kind, host, port, null, null, "HTTPS_PROXY"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://user:secret@proxy:3128,          user,     secret",
    "http://user:p%40ss%3Aword@proxy:3128,   user,     p@ss:word",
    "http://user:p@ss/wo#rd?x@proxy:3128,    user,     p@ss/wo#rd?x",
    "http://us%C3%A9r:%E2%82%AC@proxy:3128,  usér,     €",
    "http://user:100%@proxy:3128,            user,     100%",
    "http://user:%zz@proxy:3128,             user,     %zz",
    "http://dom%5Cuser:@proxy:3128,          dom\\user, ''",
    "http://user@proxy:3128,                 user,     ''",
    "user:secret@proxy:3128,                 user,     secret"
  })
  void login_ofAUrl_isTakenAndNotShown(String url, String user, String password) {
    environment.set("HTTPS_PROXY", url);

    ProxyServer proxy = proxies.serving(STS).orElseThrow();

    assertThat(proxy)
        .isEqualTo(
            new ProxyServer(Kind.HTTP, "proxy", 3128, user, Secret.of(password), "HTTPS_PROXY"));
    assertThat(proxy.toString()).contains("Secret[redacted]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:hunter2@proxy:3128",
        "socks5://user:hunter2@proxy:1080",
        "socks4://hunter2",
        "ftp://hunter2",
        "http://",
        "http://user:hunter2@",
        "http://hunter2:port",
        "http://hunter2:0",
        "http://hunter2:65536",
        "http://hunter2:-1",
        "http://hunter2:",
        "http://hunter 2",
        "http://hunter2!",
        "http://2001:db8::1",
        "://hunter2"
      })
  void url_thatIsNoProxys_isRefusedAndNotShown(String url) {
    environment.set("HTTPS_PROXY", url);

    assertThatExceptionOfType(AtmosException.class)
        .isThrownBy(() -> proxies.serving(STS))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .satisfies(e -> assertThat(e.hint()).contains("its form: http://[USER:PASSWORD@]HOST:PORT"))
        .withMessageStartingWith("HTTPS_PROXY ")
        .withMessageNotContaining("hunter2");
  }

  @Test
  void variable_inLowerCase_goesFirst() {
    environment.set("HTTPS_PROXY", "http://upper:1").set("https_proxy", "http://lower:2");

    assertThat(proxies.serving(STS))
        .contains(new ProxyServer(Kind.HTTP, "lower", 2, null, null, "https_proxy"));
    environment.set("https_proxy", "");
    assertThat(proxies.serving(STS)).isEmpty();
  }

  @Test
  void variable_ofTheOtherScheme_isNotForIt() {
    environment.set("HTTP_PROXY", "http://plain:1").set("ALL_PROXY", "http://all:2");

    assertThat(proxies.serving(STS)).isEmpty();
    assertThat(proxies.serving(URI.create("http://example.com/")))
        .map(ProxyServer::source)
        .contains("HTTP_PROXY");
    assertThat(proxies.serving(URI.create("ftp://example.com/"))).isEmpty();
  }

  @Test
  void exception_ofAHost_isObeyed() {
    environment.set("HTTPS_PROXY", "http://proxy:1").set("NO_PROXY", "amazonaws.com,x.org:8443");

    assertThat(proxies.serving(STS)).isEmpty();
    assertThat(proxies.serving(URI.create("https://x.org:8443"))).isEmpty();
    assertThat(proxies.serving(URI.create("https://x.org"))).isPresent();
    environment.set("no_proxy", "");
    assertThat(proxies.serving(STS)).isPresent();
  }

  @Test
  void machine_itself_isNeverProxiedNorIsItsVariableLookedAt() {
    environment.set("HTTPS_PROXY", "no proxy at all").set("HTTP_PROXY", "http://proxy:1");

    assertThat(proxies.serving(URI.create("https://127.0.0.1:8443/"))).isEmpty();
    assertThat(proxies.serving(URI.create("http://169.254.169.254/latest"))).isEmpty();
  }
}
