package dev.atmos.cli.bootstrap.process;

import dev.atmos.cli.port.ProcessParent;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Finds the process that started this one, on Linux without {@link ProcessHandle}, see there. */
public final class ParentProcess {
  private static final int MOST_BYTES = 1024;

  private ParentProcess() {}

  public static ProcessParent find() {
    try {
      // The name of the program, in brackets, may hold anything.
      String stat = read("/proc/self/stat");
      int name = stat.lastIndexOf(')');
      int state = stat.indexOf(' ', name + 2);
      long pid = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
      long parent = Long.parseLong(stat.substring(state + 1, stat.indexOf(' ', state + 1)));
      return new ProcessParent(pid, parent, name(parent));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      // Another system, which is asked in Java's way.
    }
    ProcessHandle self = ProcessHandle.current();
    return new ProcessParent(self.pid(), self.parent().map(ProcessHandle::pid).orElse(0L), null);
  }

  private static String name(long process) {
    try {
      return read("/proc/" + process + "/comm").strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String read(String file) throws IOException {
    try (FileInputStream in = new FileInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }
}
