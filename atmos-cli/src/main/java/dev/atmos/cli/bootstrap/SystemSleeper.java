package dev.atmos.cli.bootstrap;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.Sleeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Real time. */
final class SystemSleeper implements Sleeper {
  private static final Path SCHEDULED = Path.of("/proc/thread-self/schedstat");
  private static final int MOST_SLOWNESS = 10;

  /** All limits have a reserve for less. */
  private static final int LEAST_SLOWNESS = 3;

  @Override
  public Duration uptime() {
    return Duration.ofNanos(System.nanoTime());
  }

  /** By what Linux says of the time that a thread ran, and waited to run; 1 on other systems. */
  @Override
  public int slowness() {
    try {
      String[] spans = Files.readString(SCHEDULED).split(" ", -1);
      long ran = Long.parseLong(spans[0]);
      long waited = Long.parseLong(spans[1]);
      int times = ran <= 0 ? 1 : Math.clamp((ran + waited) / ran, 1, MOST_SLOWNESS);
      return times < LEAST_SLOWNESS ? 1 : times;
    } catch (IOException | RuntimeException e) {
      return 1;
    }
  }

  @Override
  public void pause(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AtmosException(ExitCode.INTERRUPTED, "interrupted", null, e);
    }
  }
}
