package dev.atmos.cli.bootstrap;

import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Writes files by way of a temporary one in the same directory, which then takes their name. Both
 * files and directories are made with their final permissions: no one else can open them in
 * between.
 */
final class OwnerOnlyFiles implements PrivateFiles {
  private final ReadOnlyFiles reader;

  OwnerOnlyFiles(ReadOnlyFiles reader) {
    this.reader = reader;
  }

  @Override
  public Optional<byte[]> read(Path file, int limit) throws IOException {
    return OwnershipCheck.admits(file) ? reader.read(file, limit) : Optional.empty();
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("is not a file");
    }
    Files.createDirectories(directory, OwnerOnlyPermissions.of(directory, "rwx------"));
    OwnershipCheck.close(directory);
    Path temporary =
        Files.createTempFile(
            directory, ".atmos-", ".tmp", OwnerOnlyPermissions.of(directory, "rw-------"));
    try {
      try (FileChannel channel = FileChannel.open(temporary, Set.of(StandardOpenOption.WRITE))) {
        Channels.newOutputStream(channel).write(content);
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
    sync(directory);
  }

  @Override
  public boolean delete(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      // A link of another user in the way could lead to anything of this one's.
      UnsafePlace problem = new OwnershipCheck().problem(file.toAbsolutePath());
      if (problem != null) {
        throw new IOException(problem.toString());
      }
    }
    return Files.deleteIfExists(file);
  }

  /** The new name is on the disk too, where directories can be written through (not on Windows). */
  private static void sync(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, Set.of(StandardOpenOption.READ))) {
      channel.force(true);
    } catch (IOException e) {
      // The file is whole either way; after a crash, there may be the old one.
    }
  }
}
