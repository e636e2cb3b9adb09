package dev.atmos.cli.bootstrap;

import java.io.File;
import java.io.IOException;

/**
 * The number of this process. Where Linux tells it by a link, {@link ProcessHandle} is not asked,
 * which sets up threads to watch over other processes, and takes as long as signing a token.
 */
final class OwnPid {
  private OwnPid() {}

  static long get() {
    try {
      String name = new File("/proc/self").getCanonicalFile().getName();
      if (!name.isEmpty() && isNumber(name)) {
        return Long.parseLong(name);
      }
    } catch (IOException | NumberFormatException e) {
      // Another system, which is asked in Java's way.
    }
    return ProcessHandle.current().pid();
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
