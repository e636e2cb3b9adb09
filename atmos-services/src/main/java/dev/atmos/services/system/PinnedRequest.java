package dev.atmos.services.system;

import dev.atmos.plugin.base.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request to a server whose certificate authority is known, such as the API server of a cluster.
 *
 * @param uri an https URL; the request is a GET
 * @param authority the certificates to trust and no others, in PEM; null for those of the network
 * @param serverName the name that the server's certificate has to have, and that it is asked for;
 *     null for that of the URL
 * @param proxyUrl the URL of the proxy to go through, which may hold a password; null for the one
 *     that serves the URL by the variables of the environment, if one does
 * @param bearer the token to send; null for none
 * @param limit how long each step may take: to connect, to agree on TLS, and to get more data
 */
public record PinnedRequest(
    URI uri,
    @Nullable String authority,
    @Nullable String serverName,
    @Nullable Secret proxyUrl,
    @Nullable Secret bearer,
    Duration limit) {

  /**
   * @throws IllegalArgumentException if the URL isn't an https URL of a host
   */
  public PinnedRequest {
    if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("not an https URL of a host");
    }
  }

  /**
   * What the server has answered.
   *
   * @param status the HTTP status
   * @param body its first 64 KiB, as they were sent
   */
  public record Answer(int status, String body) {}

  /** The steps of a request, in their order. */
  public enum Step {
    /** The name of the host, or of its proxy, becomes an address. */
    RESOLVE,
    /** TCP. */
    CONNECT,
    /** The proxy makes a tunnel. */
    TUNNEL,
    /** TLS, with the verification of the certificate. */
    TLS,
    /** The answer comes in. */
    ANSWER
  }
}
