package dev.atmos.cli.bootstrap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** A file that grows by whole lines. */
final class AppendOnlyFile {
  private AppendOnlyFile() {}

  static void append(Path file, byte[] line) throws IOException {
    try {
      // To open a pipe would wait for its reader.
      if (isOther(file)) {
        throw new IOException("is not a regular file");
      }
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
              OwnerOnlyPermissions.of(file, "rw-------"))) {
        if (channel.write(ByteBuffer.wrap(line)) < line.length) {
          throw new IOException("No space left on device");
        }
      }
    } catch (FileSystemException e) {
      String reason = e.getReason();
      throw new IOException(reason == null ? "can't be opened" : reason, e);
    }
  }

  private static boolean isOther(Path file) throws IOException {
    try {
      return !Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isRegularFile();
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
