package dev.atmos.aws;

import dev.atmos.plugin.base.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * A connection failed, and another attempt would fail as well. Not an {@code IOException}, so that
 * the SDK doesn't retry.
 */
final class NoConnectionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final @Nullable String hint;

  NoConnectionException(
      ExitCode exitCode, String why, @Nullable String hint, @Nullable Throwable cause) {
    super(why, cause);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  ExitCode exitCode() {
    return exitCode;
  }

  @Nullable String hint() {
    return hint;
  }
}
