package dev.atmos.plugin.auth;

import org.jspecify.annotations.Nullable;

/**
 * The server doesn't accept a step's input, although it should be live: it was revoked, or expired
 * early. Atmos drops the input, asks the step before for a new grant and repeats the step, once. If
 * the step throws this again, it has failed, and the user sees the message.
 */
public final class GrantRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence that says which server refused what, without a final full stop and
   *     without secrets
   * @param cause the exception behind it, if there is one
   */
  public GrantRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message, which is never null. */
  public String sentence() {
    String message = getMessage();
    return message == null ? "the grant of the step before was refused" : message;
  }
}
