package dev.atmos.plugin.io;

import java.time.Duration;

/** Waits, and measures how long it has waited. */
public interface Pauses {

  /**
   * How long ago some fixed moment was: for measuring spans of time, as no one sets it like a
   * clock.
   */
  Duration uptime();

  /**
   * Lets time pass.
   *
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#INTERRUPTED} if
   *     the thread is interrupted
   */
  void pause(Duration length);
}
