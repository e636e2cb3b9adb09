package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;

/**
 * The two streams of a command: the answer, which programs read, and the talk, which people read.
 * Nothing but {@link #answer} ever reaches standard output.
 */
@ImplementedByHost
public interface CommandConsole {

  /**
   * Writes a part of the answer to standard output, as UTF-8 and at once.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if it can't be written, because the disk is full or the stream is closed
   */
  void answer(String text);

  /** Says a line on standard error. Never fails: who can't be told isn't told. */
  void say(String line);

  /** Says a line on standard error if the log level is {@code Debug} or finer. */
  void debug(String line);
}
