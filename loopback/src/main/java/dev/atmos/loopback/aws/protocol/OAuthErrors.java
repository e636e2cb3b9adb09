package dev.atmos.loopback.aws.protocol;

/**
 * Error codes of OAuth that several services answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.5">RFC 8628, section 3.5</a>
 */
public final class OAuthErrors {
  /** The grant is unknown, spent or expired. */
  public static final String INVALID_GRANT = "invalid_grant";

  /** The client asks too often. */
  public static final String SLOW_DOWN = "slow_down";

  /** The server fails. */
  public static final String SERVER_ERROR = "server_error";

  private OAuthErrors() {}
}
