package dev.atmos.cli.bootstrap;

import dev.atmos.services.system.FileReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A file that grows by whole lines. */
final class AppendOnlyFile {
  /** How often to look at a line that another process may just be writing. */
  private static final int LOOKS = 5;

  private AppendOnlyFile() {}

  /** Adds a line; without one, only makes sure that the file can be written to. */
  static void append(Path file, byte[] line) throws IOException {
    try {
      // To open a pipe would wait for its reader.
      if (isOther(file)) {
        throw new IOException(PlainFileReader.NOT_PLAIN);
      }
      if (OwnershipCheck.isOfOthers(file)) {
        throw new IOException("belongs to another user");
      }
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
              OwnerOnlyPermissions.of(file, "rw-------"))) {
        ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
        if (line.length > 0 && channel.size() > 0 && !endsWithLine(file)) {
          bytes.put((byte) '\n');
        }
        bytes.put(line).flip();
        channel.write(bytes);
        if (bytes.hasRemaining()) {
          throw new IOException("no space left on device");
        }
      }
    } catch (FileSystemException e) {
      throw new IOException(FileReason.of(e), e);
    }
  }

  /**
   * Whether the last line is whole: a disk that was full can have cut it. Of a file that can't be
   * read that isn't known, and an empty line between two does no harm.
   */
  private static boolean endsWithLine(Path file) {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      for (int look = 0; look < LOOKS && last.get(0) != '\n'; look++) {
        LockSupport.parkNanos(look * 1_000_000L);
        channel.position(channel.size() - 1).read(last.clear());
      }
      return last.get(0) == '\n';
    } catch (IOException e) {
      return false;
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
