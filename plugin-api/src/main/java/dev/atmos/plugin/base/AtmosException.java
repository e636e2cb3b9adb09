package dev.atmos.plugin.base;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the user sees. The message is one sentence that says what failed and why, without
 * a final full stop and without secrets.
 */
public final class AtmosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final @Nullable String hint;

  /** A failure without a hint. */
  public AtmosException(ExitCode exitCode, String message) {
    this(exitCode, message, null, null);
  }

  /**
   * A failure with a hint.
   *
   * @param hint what to do about it, such as the command to type
   */
  public AtmosException(ExitCode exitCode, String message, String hint) {
    this(exitCode, message, hint, null);
  }

  /**
   * A failure with the exception behind it.
   *
   * @param hint what to do about it; null for none
   * @param cause the exception behind it, which only a stack trace shows; null for none
   */
  public AtmosException(
      ExitCode exitCode, String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = Objects.requireNonNull(exitCode, "exitCode is null");
    this.hint = hint;
  }

  /** The exit code of the process. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The message, which is never null. */
  public String sentence() {
    String message = getMessage();
    return message == null ? exitCode.name() : message;
  }

  /** What to do about it. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
