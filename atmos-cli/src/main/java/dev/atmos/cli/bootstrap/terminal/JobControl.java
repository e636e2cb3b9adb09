package dev.atmos.cli.bootstrap.terminal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Whether a shell has this program in its background. There, the terminal stops whoever reads from
 * it or changes its settings (POSIX: SIGTTIN, SIGTTOU), and the user wouldn't learn why nothing
 * happens any more.
 */
final class JobControl {
  private static final int MOST_BYTES = 1024;

  private JobControl() {}

  static boolean isInBackground() {
    try (InputStream in = new FileInputStream("/proc/self/stat")) {
      return isBackgroundOnLinux(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Another system.
    }
    try {
      Process process =
          new ProcessBuilder(
                  "ps", "-o", "pgid=,tpgid=", "-p", Long.toString(ProcessHandle.current().pid()))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String groups = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return areDifferent(groups.strip().split(" +", -1), 0, 1);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @param stat what Linux says of a process; see proc_pid_stat(5)
   */
  static boolean isBackgroundOnLinux(String stat) {
    // After the program's name, which may hold anything: state, parent, group, session, terminal,
    // and the group that the terminal listens to.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return areDifferent(fields, 2, 5);
  }

  /** Without a terminal, the second number isn't that of a group. */
  private static boolean areDifferent(String[] fields, int own, int terminals) {
    try {
      return Long.parseLong(fields[terminals]) > 0 && !fields[own].equals(fields[terminals]);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return false;
    }
  }
}
