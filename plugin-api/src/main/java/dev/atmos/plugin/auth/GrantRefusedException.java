package dev.atmos.plugin.auth;

import org.jspecify.annotations.Nullable;

/**
 * Whoever a step's input was sent to doesn't take it, although it should be live: it was revoked,
 * or has expired before its time. Atmos drops it, has the step before make a new one and repeats
 * the step, once. Thrown again, it is a failure, and its message is what the user is told.
 */
public final class GrantRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence that says what was refused by whom, without a final full stop and
   *     without secrets
   * @param cause what went wrong below, if anything
   */
  public GrantRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message without its null. */
  public String sentence() {
    String message = getMessage();
    return message == null ? "what the step before has made was refused" : message;
  }
}
