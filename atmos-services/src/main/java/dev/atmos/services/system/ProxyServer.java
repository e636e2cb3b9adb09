package dev.atmos.services.system;

import dev.atmos.plugin.base.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that connections go through.
 *
 * @param kind how it is spoken to
 * @param host a name or an address, without brackets
 * @param port the TCP port
 * @param user the user's name for it, sent by the Basic scheme (RFC 7617); null where none is
 *     configured
 * @param password goes with the user's name; may be empty
 * @param source the variable that it comes from, such as {@code HTTPS_PROXY}
 */
public record ProxyServer(
    Kind kind,
    String host,
    int port,
    @Nullable String user,
    @Nullable Secret password,
    String source) {

  /** How a proxy is spoken to. */
  public enum Kind {
    /** By HTTP; TLS goes through a tunnel that CONNECT makes. */
    HTTP,
    /** By SOCKS 5 (RFC 1928). */
    SOCKS
  }

  /**
   * @throws IllegalArgumentException if the host is empty, the port isn't one, or only one of user
   *     and password is given
   */
  public ProxyServer {
    if (host.isEmpty() || port < 1 || port > 0xFFFF) {
      throw new IllegalArgumentException("not the address of a proxy");
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("a user name and a password go together");
    }
  }
}
