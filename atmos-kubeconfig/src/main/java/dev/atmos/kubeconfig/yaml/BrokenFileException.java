package dev.atmos.kubeconfig.yaml;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;

/** A file isn't valid. The message says where and why, and doesn't quote the file. */
public final class BrokenFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;
  private final int column;

  /**
   * @param source the file's name
   * @param line counted from 1
   * @param column counted from 1
   */
  BrokenFileException(String source, int line, int column, String problem) {
    super(problem);
    this.source = source;
    this.line = line;
    this.column = column;
  }

  /** The failure that is shown to the user. */
  public AtmosException toUser() {
    return new AtmosException(
        ExitCode.FAILED,
        source + ":" + line + ":" + column + ": " + getMessage() + "; the file is left as it is");
  }
}
