package dev.atmos.cli.bootstrap;

import java.io.File;
import java.io.IOException;

/**
 * The number of this process. Where Linux names it by a link, {@link ProcessHandle} is not asked,
 * which sets up threads to watch over other processes, and takes as long as signing a token.
 */
final class OwnPid {
  private OwnPid() {}

  static long get() {
    try {
      return Long.parseLong(new File("/proc/self").getCanonicalFile().getName());
    } catch (IOException | NumberFormatException e) {
      // Another system, which is asked in Java's way.
    }
    return ProcessHandle.current().pid();
  }
}
