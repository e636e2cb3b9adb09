package dev.atmos.kubeconfig;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;

/** A text isn't what it has to be. The message says where and why, and quotes nothing of it. */
final class BrokenFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;
  private final int column;

  /**
   * @param source what the text is called
   * @param line counted from 1
   * @param column counted from 1
   */
  BrokenFileException(String source, int line, int column, String problem) {
    super(problem);
    this.source = source;
    this.line = line;
    this.column = column;
  }

  /** What the user is told. */
  AtmosException toUser() {
    return new AtmosException(
        ExitCode.FAILED,
        source + ":" + line + ":" + column + ": " + getMessage() + "; the file is left as it is");
  }
}
