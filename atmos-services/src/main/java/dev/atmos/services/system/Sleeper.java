package dev.atmos.services.system;

import java.time.Duration;

/** Waits, and measures how long it has waited. */
public interface Sleeper {

  /**
   * How long ago some fixed moment was: for measuring spans of time, as it isn't set like a clock.
   */
  Duration uptime();

  /**
   * How many times as long as on an idle machine the work of this thread has taken so far, in whole
   * numbers from 1 to 10: many processes may want the processor. What is limited so that nothing
   * hangs may take so many times as long.
   */
  default int slowness() {
    return 1;
  }

  /**
   * Lets time pass.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#INTERRUPTED} if the thread is interrupted
   */
  void pause(Duration length);
}
