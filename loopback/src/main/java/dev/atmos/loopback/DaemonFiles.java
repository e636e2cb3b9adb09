package dev.atmos.loopback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files by which a server in the background tells other programs how to reach it. */
final class DaemonFiles {
  private DaemonFiles() {}

  /**
   * Writes a file, if there is one to write: complete or not at all, so that a program that waits
   * for it never reads half of it.
   */
  static void write(@Nullable Path file, String text) throws IOException {
    if (file == null) {
      return;
    }
    Path directory = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
    Path temporary = Files.createTempFile(directory, ".loopback", "");
    try {
      Files.writeString(temporary, text);
      if (Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
