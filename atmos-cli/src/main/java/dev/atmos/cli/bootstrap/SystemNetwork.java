package dev.atmos.cli.bootstrap;

import dev.atmos.cli.bootstrap.network.PinnedConnection;
import dev.atmos.cli.net.Authorities;
import dev.atmos.cli.net.Proxies;
import dev.atmos.cli.net.TrustStores;
import dev.atmos.cli.net.TrustedAuthorities;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.services.system.PinnedRequest;
import dev.atmos.services.system.PinnedRequestException;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.ProxyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The network that the machine is in. */
final class SystemNetwork implements ProxyNetwork {
  private final Proxies proxies;
  private final TrustStores trust;
  private @Nullable SSLContext tls;

  SystemNetwork(
      Environment environment,
      Directories directories,
      ReadOnlyFiles files,
      Authorities authorities) {
    proxies = new Proxies(environment);
    trust = new TrustStores(environment, directories, files, authorities);
  }

  /** With the authorities of this machine; made here, so that a token loads none of them. */
  static SystemNetwork ofThisMachine(
      Environment environment, Directories directories, ReadOnlyFiles files) {
    return new SystemNetwork(environment, directories, files, new PlatformAuthorities());
  }

  @Override
  public HttpURLConnection connection(URI uri, Duration toConnect, Duration silence) {
    Optional<ProxyServer> proxy = proxy(uri);
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              uri.toURL().openConnection(proxy.isPresent() ? of(proxy.get()) : Proxy.NO_PROXY);
      if (proxy.isPresent() && proxy.get().user() != null) {
        connection.setAuthenticator(new ProxyLogin(proxy.get()));
      }
      if (connection instanceof HttpsURLConnection secure) {
        secure.setSSLSocketFactory(tls().getSocketFactory());
      }
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(milliseconds(toConnect));
      connection.setReadTimeout(milliseconds(silence));
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized SSLContext tls() {
    SSLContext known = tls;
    if (known == null) {
      known = trust.context();
      tls = known;
    }
    return known;
  }

  @Override
  public Optional<ProxyServer> proxy(URI uri) {
    return proxies.serving(uri);
  }

  @Override
  public PinnedRequest.Answer ask(PinnedRequest request) throws PinnedRequestException {
    String authority = request.authority();
    Secret named = request.proxyUrl();
    ProxyServer proxy =
        named == null ? proxy(request.uri()).orElse(null) : Proxies.of("proxy-url", named.reveal());
    try {
      SSLContext only =
          authority == null
              ? tls()
              : TrustedAuthorities.context(authority.getBytes(StandardCharsets.UTF_8));
      return new PinnedConnection(request, proxy, only).ask();
    } catch (GeneralSecurityException e) {
      throw new PinnedRequestException(PinnedRequest.Step.TLS, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public CallbackListener listen() throws IOException {
    return SocketCallbackListener.start(0, /* ownUserOnly= */ true);
  }

  @Override
  public CallbackListener listen(int port) throws IOException {
    return SocketCallbackListener.start(port, /* ownUserOnly= */ false);
  }

  private static Proxy of(ProxyServer server) {
    InetSocketAddress address = InetSocketAddress.createUnresolved(server.host(), server.port());
    return new Proxy(
        server.kind() == ProxyServer.Kind.SOCKS ? Proxy.Type.SOCKS : Proxy.Type.HTTP, address);
  }

  /** Zero would be for ever. */
  private static int milliseconds(Duration length) {
    return Math.clamp(length.toMillis(), 1, Integer.MAX_VALUE);
  }

  /**
   * Gives the proxy's password to the proxy only, and once for each connection: Java would send a
   * wrong one twenty times, and companies lock an account for less.
   */
  private static final class ProxyLogin extends Authenticator {
    private final ProxyServer server;
    private boolean given;

    ProxyLogin(ProxyServer server) {
      this.server = server;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      Secret password = server.password();
      String user = server.user();
      boolean asked =
          getRequestorType() == RequestorType.PROXY
              && getRequestingPort() == server.port()
              && server.host().equalsIgnoreCase(getRequestingHost());
      if (!asked || given || user == null || password == null) {
        return null;
      }
      given = true;
      return new PasswordAuthentication(user, password.reveal().toCharArray());
    }
  }
}
