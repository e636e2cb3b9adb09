package dev.atmos.services.system;

import java.time.Duration;

/** Waits, and measures how long it has waited. */
public interface Sleeper {

  /**
   * How long ago some fixed moment was: for measuring spans of time, as it isn't set like a clock.
   */
  Duration uptime();

  /**
   * Lets time pass.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#INTERRUPTED} if the thread is interrupted
   */
  void pause(Duration length);
}
