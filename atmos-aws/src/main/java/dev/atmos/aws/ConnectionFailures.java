package dev.atmos.aws;

import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.ProxyServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains why a connection failed, or why no answer came. */
final class ConnectionFailures {
  private static final String TUNNEL = "Unable to tunnel through proxy.";
  private static final String SOCKS = "SOCKS";

  private final ProxyNetwork network;
  private final Environment environment;

  ConnectionFailures(ProxyNetwork network, Environment environment) {
    this.network = network;
    this.environment = environment;
  }

  /**
   * What to throw in place of a failure.
   *
   * @throws NoConnectionException if another attempt would fail as well
   */
  ConnectionException of(URI uri, IOException e) {
    String host = String.valueOf(uri.getHost());
    Optional<ProxyServer> proxy = network.proxy(uri);
    String way = proxy.isPresent() ? host + " through " + named(proxy.get()) : host;
    String message = String.valueOf(e.getMessage());
    boolean socks = proxy.isPresent() && proxy.get().kind() == ProxyServer.Kind.SOCKS;
    if (socks && e instanceof UnknownHostException) {
      // Java takes it for one of SOCKS 4, which finds no host by its name.
      throw notOfItsKind(proxy.get(), "a SOCKS 5 proxy", null);
    }
    if (Causes.find(e, UnknownHostException.class) != null) {
      throw unknownHost(host, proxy);
    }
    if (proxy.isPresent() && message.startsWith(TUNNEL)) {
      throw noTunnel(host, proxy.get(), message, e);
    }
    if (socks && message.startsWith(SOCKS)) {
      return new ConnectionException(
          named(proxy.get())
              + " does not connect to "
              + host
              + " ("
              + RemoteMessage.line(message)
              + ")",
          e);
    }
    CertificateException certificate = Causes.find(e, CertificateException.class);
    if (certificate != null) {
      throw badCertificate(host, certificate, e);
    }
    if (e instanceof SocketTimeoutException) {
      return new ConnectionException("no answer from " + way, e);
    }
    if (Causes.find(e, ConnectException.class) != null || e instanceof NoRouteToHostException) {
      return new ConnectionException(
          "can't connect to " + way + " (" + RemoteMessage.line(message) + ")", e);
    }
    String what =
        e instanceof SSLException
            ? "TLS with " + way + " failed"
            : "the connection to " + way + " was lost";
    return new ConnectionException(what + " (" + RemoteMessage.line(message) + ")", e);
  }

  /** What to throw in place of what Java throws for a proxy's answer that has no status. */
  RuntimeException noStatus(URI uri, RuntimeException e) {
    Optional<ProxyServer> proxy = network.proxy(uri);
    return proxy.isPresent() ? notOfItsKind(proxy.get(), "an HTTP proxy", e) : e;
  }

  private static NoConnectionException notOfItsKind(
      ProxyServer proxy, String kind, @Nullable Exception e) {
    return new NoConnectionException(
        ExitCode.UNAVAILABLE,
        named(proxy) + " is not " + kind,
        proxy.source() + " says of which kind it is: http://HOST:PORT or socks5://HOST:PORT",
        e);
  }

  private static String named(ProxyServer proxy) {
    return "the proxy " + proxy.host() + ":" + proxy.port() + " of " + proxy.source();
  }

  /**
   * Has no cause: where the SDK finds an {@link UnknownHostException}, it throws its own exception.
   */
  private static NoConnectionException unknownHost(String host, Optional<ProxyServer> proxy) {
    return proxy.isPresent()
        ? new NoConnectionException(
            ExitCode.UNAVAILABLE, "the host of " + named(proxy.get()) + " is not found", null, null)
        : new NoConnectionException(
            ExitCode.UNAVAILABLE,
            "the host " + host + " is not found",
            "check the network, and that the region has this service",
            null);
  }

  private static NoConnectionException noTunnel(
      String host, ProxyServer proxy, String message, IOException e) {
    if (!message.contains(" 407")) {
      String why = named(proxy) + " refuses to connect to " + host + " (" + answer(message) + ")";
      return new NoConnectionException(ExitCode.UNAVAILABLE, why, null, e);
    }
    return new NoConnectionException(
        ExitCode.USAGE,
        named(proxy)
            + (proxy.user() == null
                ? " requires a user name and a password"
                : " rejects the user name and the password"),
        "its form: " + proxy.source() + "=http://USER:PASSWORD@HOST:PORT",
        e);
  }

  /** The proxy's status line, which Java puts in quotes. */
  private static String answer(String message) {
    int begin = message.indexOf('"');
    int end = message.lastIndexOf('"');
    return RemoteMessage.line(
        begin >= 0 && end > begin ? message.substring(begin + 1, end) : message);
  }

  private NoConnectionException badCertificate(
      String host, CertificateException why, IOException e) {
    if (Causes.find(e, CertPathBuilderException.class) != null) {
      Optional<String> bundle = environment.nonEmpty("AWS_CA_BUNDLE");
      return new NoConnectionException(
          ExitCode.USAGE,
          "the certificate of " + host + " is from an untrusted authority",
          bundle.isPresent()
              ? "AWS_CA_BUNDLE replaces all other authorities: add this one to "
                  + bundle.get()
                  + ", or unset it"
              : "if your company's proxy inspects TLS, add its authority to the system's"
                  + " store, or name its file: AWS_CA_BUNDLE=FILE.pem",
          e);
    }
    boolean time =
        Causes.find(e, CertificateExpiredException.class) != null
            || Causes.find(e, CertificateNotYetValidException.class) != null;
    return new NoConnectionException(
        ExitCode.FAILED,
        "the certificate of %s is not valid: %s"
            .formatted(host, RemoteMessage.line(String.valueOf(why.getMessage()))),
        time ? "check this machine's clock" : null,
        e);
  }
}
