package dev.atmos.plugin.base;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the user is told of. The message is one sentence that says what failed, of what
 * and why, without a final full stop and without secrets.
 */
public final class AtmosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final @Nullable String hint;

  /** A failure for which there is no command to type. */
  public AtmosException(ExitCode exitCode, String message) {
    this(exitCode, message, null, null);
  }

  /**
   * @param hint what to do about it, such as the command to type
   */
  public AtmosException(ExitCode exitCode, String message, String hint) {
    this(exitCode, message, hint, null);
  }

  /**
   * @param hint what to do about it, if there is something
   * @param cause what went wrong below, if anything; only ever shown to who asks for a stack
   */
  public AtmosException(
      ExitCode exitCode, String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = Objects.requireNonNull(exitCode, "exitCode is null");
    this.hint = hint;
  }

  /** What the failure means to the caller of the process. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The message without its null. */
  public String sentence() {
    String message = getMessage();
    return message == null ? exitCode.name() : message;
  }

  /** What to do about it. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
