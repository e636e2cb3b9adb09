package dev.atmos.cli.net;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.system.ProxyServer;
import dev.atmos.services.system.ProxyServer.Kind;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxies that the variables {@code HTTPS_PROXY} and {@code HTTP_PROXY} name, except for the
 * hosts of {@code NO_PROXY}. The name in lower case goes first, even if its value is empty, as with
 * curl and the AWS CLI. {@code ALL_PROXY} isn't read, as neither the AWS CLI nor kubectl does.
 *
 * @see <a href="https://curl.se/docs/manpage.html#ENVIRONMENT">curl's variables</a>
 */
public final class Proxies {
  private final Environment environment;

  /** By those variables. */
  public Proxies(Environment environment) {
    this.environment = environment;
  }

  /**
   * The proxy for a URL; empty where there is none for it. This machine and its link-local
   * addresses, where the cloud's metadata is, are never asked for through one.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if the variable names no proxy that can be
   *     used; its value isn't shown, as it may hold a password
   */
  public Optional<ProxyServer> serving(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
      return Optional.empty();
    }
    String name = effective(scheme + "_proxy");
    Optional<String> value = environment.nonEmpty(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    if (new NoProxy(environment.get(effective("no_proxy")).orElse("")).covers(host, port)) {
      return Optional.empty();
    }
    return Optional.of(parse(name, value.get().trim()));
  }

  /**
   * The proxy of a URL that isn't in a variable.
   *
   * @param source what the URL is called in messages
   * @throws AtmosException as {@link #serving} does
   */
  public static ProxyServer of(String source, String url) {
    return parse(source, url.trim());
  }

  /** The name in lower case if it is set, else the one in upper case. */
  private String effective(String lowerCase) {
    return environment.get(lowerCase).isPresent() ? lowerCase : lowerCase.toUpperCase(Locale.ROOT);
  }

  private static ProxyServer parse(String source, String value) {
    int slashes = value.indexOf("://");
    String scheme = slashes < 0 ? "http" : value.substring(0, slashes).toLowerCase(Locale.ROOT);
    Kind kind =
        switch (scheme) {
          case "http" -> Kind.HTTP;
          case "socks5", "socks5h", "socks" -> Kind.SOCKS;
          case "https" ->
              throw unusable(source, "names a proxy that takes TLS only, which atmos can't speak");
          default -> throw unusable(source, "isn't the URL of a proxy");
        };
    String rest = slashes < 0 ? value : value.substring(slashes + 3);
    // A password may hold any character, also where it should have been escaped.
    int at = rest.lastIndexOf('@');
    String address = rest.substring(at + 1).split("[/?#]", 2)[0];
    int colon = address.lastIndexOf(':');
    if (colon < address.lastIndexOf(']')) {
      colon = -1;
    }
    String host = colon < 0 ? address : address.substring(0, colon);
    int port = colon >= 0 ? port(address.substring(colon + 1)) : kind == Kind.SOCKS ? 1080 : 80;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      port = -1; // An address of version 6 without brackets doesn't show where its port begins.
    }
    if (port < 1 || port > 0xFFFF || !host.matches("[A-Za-z0-9._:%-]+")) {
      throw unusable(source, "isn't the URL of a proxy");
    }
    if (at < 0) {
      return new ProxyServer(kind, host, port, null, null, source);
    }
    if (kind == Kind.SOCKS) {
      throw unusable(source, "has a user name for a SOCKS proxy, which atmos can't give it");
    }
    String login = rest.substring(0, at);
    int split = login.indexOf(':');
    return new ProxyServer(
        kind,
        host,
        port,
        decode(split < 0 ? login : login.substring(0, split)),
        Secret.of(split < 0 ? "" : decode(login.substring(split + 1))),
        source);
  }

  private static AtmosException unusable(String source, String why) {
    return new AtmosException(
        ExitCode.USAGE, source + " " + why, "its form: http://[USER:PASSWORD@]HOST:PORT");
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Undoes percent-encoding; a text that isn't encoded correctly stands for itself. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
