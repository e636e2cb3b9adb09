package dev.atmos.loopback;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** What programs need that run beside others: an end, and files that tell of them. */
final class Background {
  private Background() {}

  /** Completes when the server is to stop, if anything but a signal stops it. */
  static CompletableFuture<?> end(Options options, InputStream in) throws UsageException {
    CompletableFuture<Object> end = new CompletableFuture<>();
    if (options.text("--exit-with").isPresent()) {
      long pid = options.number("--exit-with", Long.MAX_VALUE);
      ProcessHandle process =
          ProcessHandle.of(pid)
              .orElseThrow(() -> new UsageException("--exit-with: no process " + pid));
      var _ = process.onExit().thenAccept(end::complete);
    }
    if (options.has("--until-stdin-closes")) {
      Thread.ofVirtual().start(() -> end.complete(drain(in)));
    }
    return end;
  }

  private static boolean drain(InputStream in) {
    try {
      while (in.read() >= 0) {
        // Whatever is written to it says nothing; only its end counts.
      }
    } catch (IOException e) {
      // A standard input that can't be read has ended, too.
    }
    return true;
  }

  /** Writes a file whole or not at all, so that who waits for it never reads half of it. */
  static void write(Path file, String text) throws IOException {
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
