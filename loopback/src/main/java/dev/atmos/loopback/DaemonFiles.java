package dev.atmos.loopback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;

/** The files by which a server in the background tells others its address. */
final class DaemonFiles {
  private static final String PORT_FILE = "--port-file";

  private final LoopbackOptions options;

  /**
   * Removes the port file of an earlier run, which would announce a server that is gone.
   *
   * @param options name the files
   */
  DaemonFiles(LoopbackOptions options) throws IOException {
    this.options = options;
    Optional<Path> file = options.path(PORT_FILE);
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }

  /** Announces that the server is ready: every other file is written by now. */
  void writePort(int port) throws IOException {
    write(PORT_FILE, port + "\n");
  }

  /**
   * Writes the file that an option names, if it is given: complete or not at all, so that a program
   * that waits for it never reads half of it.
   */
  void write(String option, String text) throws IOException {
    Optional<Path> named = options.path(option);
    if (named.isEmpty()) {
      return;
    }
    Path file = named.get();
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
