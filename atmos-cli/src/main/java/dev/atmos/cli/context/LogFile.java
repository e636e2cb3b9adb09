package dev.atmos.cli.context;

import dev.atmos.cli.port.OperatingSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code --logs-file} or {@code ATMOS_LOGS_FILE}, which takes debug output. It is never
 * standard output, which the answer has for itself.
 */
final class LogFile {
  private static final String DEVICES = "/dev/";
  private static final String NOWHERE = DEVICES + "null";

  private final OperatingSystem system;
  private final boolean isNowhere;
  private final @Nullable Path file;

  private LogFile(OperatingSystem system, boolean isNowhere, @Nullable Path file) {
    this.system = system;
    this.isNowhere = isNowhere;
    this.file = file;
  }

  /** The one that the user names. */
  static LogFile of(HostContext context) {
    String name = context.environment().nonEmpty("ATMOS_LOGS_FILE").orElse(DEVICES);
    Path file;
    try {
      Path directory = context.directories().workingDirectory();
      file = name.startsWith(DEVICES) ? null : directory.resolve(name);
    } catch (InvalidPathException e) {
      file = null;
    }
    return new LogFile(context.operatingSystem(), name.equals(NOWHERE), file);
  }

  /** Whether it has taken a line, which belongs on standard error otherwise. */
  boolean append(String line) {
    if (file == null) {
      return isNowhere;
    }
    try {
      system.append(file, (line + "\n").getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
