package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;

/**
 * The two streams of a command: the answer, which programs read, and messages, which people read.
 * Only {@link #answer} writes to standard output. Safe for use by several threads.
 */
@ImplementedByHost
public interface CommandConsole {

  /**
   * Writes a part of the answer to standard output, as UTF-8 and at once. The text needs its own
   * line feeds.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if it can't be written, because the disk is full or the stream is closed
   */
  void answer(String text);

  /** Writes a line to standard error. Never fails. */
  void say(String line);

  /** Writes a line to standard error if the log level is {@code Debug} or finer. Never fails. */
  void debug(String line);
}
