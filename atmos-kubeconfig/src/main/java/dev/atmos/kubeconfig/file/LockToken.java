package dev.atmos.kubeconfig.file;

import dev.atmos.services.system.ProcessIdentity;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The names of the files in a {@link KubeconfigLock}, which begin with the process that they are
 * of.
 */
final class LockToken {
  private LockToken() {}

  /** The name of the token of a process. */
  static String name(ProcessIdentity process) {
    Instant start = process.startedAt();
    return process.pid()
        + "-"
        + start.getEpochSecond()
        + "-"
        + start.getNano()
        + "-"
        + process.namespace();
  }

  /** The name of the token that a file in the lock belongs to. */
  static String of(String name) {
    return name.split("[.]", 2)[0];
  }

  /** The process of what begins with the name of a token; null if it doesn't. */
  static @Nullable ProcessIdentity process(String name) {
    String[] parts = name.split("[-. ]", 5);
    try {
      return parts.length < 4
          ? null
          : new ProcessIdentity(
              Long.parseLong(parts[0]),
              Instant.ofEpochSecond(Long.parseLong(parts[1]), Integer.parseInt(parts[2])),
              parts[3]);
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }
}
