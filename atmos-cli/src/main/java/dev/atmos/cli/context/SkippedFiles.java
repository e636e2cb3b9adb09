package dev.atmos.cli.context;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.text.ShellQuoting;
import java.nio.file.Path;

/** Names files that the search for the configuration has passed over, where they may be missed. */
final class SkippedFiles {

  private SkippedFiles() {}

  /**
   * A failure with a further advice.
   *
   * @param file what was passed over
   * @param reason why, as a clause
   */
  static AtmosException advice(AtmosException failure, Path file, String reason) {
    String hint =
        file
            + " was passed over, because "
            + reason
            + "; if you trust its owner, set ATMOS_TRUSTED_PATHS="
            + ShellQuoting.path(file);
    return new AtmosException(
        failure.exitCode(),
        failure.sentence(),
        failure.hint().isPresent() ? failure.hint().get() + "; " + hint : hint,
        failure.getCause());
  }
}
