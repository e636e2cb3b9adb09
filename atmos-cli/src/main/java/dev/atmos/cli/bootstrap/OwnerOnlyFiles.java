package dev.atmos.cli.bootstrap;

import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.system.FileReason;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes files by way of a temporary one in the same directory, which then takes their name. Both
 * files and directories are made with their final permissions: no one else can open them in
 * between.
 */
final class OwnerOnlyFiles implements PrivateFiles {
  private static final String PREFIX = ".atmos-";
  private static final String SUFFIX = ".tmp";
  private static final int A_MINUTE = 60_000;

  private final ReadOnlyFiles reader;
  private final Map<Path, Path> reserved = new ConcurrentHashMap<>();

  OwnerOnlyFiles(ReadOnlyFiles reader) {
    this.reader = reader;
  }

  @Override
  public Optional<byte[]> read(Path file, int limit) throws IOException {
    return OwnershipCheck.admits(file) ? reader.read(file, limit) : Optional.empty();
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    Path directory = directory(file);
    named(() -> {
      Path before = reserved.remove(file);
      Path temporary = before != null && Files.exists(before) ? before : temporary(directory);
      try {
        fill(temporary, content);
        sweep(directory, Files.getLastModifiedTime(temporary).toMillis());
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException | RuntimeException e) {
        withdraw(temporary, e);
        throw e;
      }
      sync(directory);
      return true;
    });
  }

  @Override
  public void reserve(Path file, int bytes) throws IOException {
    Path directory = directory(file);
    named(() -> {
      Path before = reserved.remove(file);
      if (before != null) {
        Files.deleteIfExists(before);
      }
      if (bytes > 0) {
        Path temporary = temporary(directory);
        try {
          fill(temporary, new byte[bytes]);
        } catch (IOException | RuntimeException e) {
          withdraw(temporary, e);
          throw e;
        }
        reserved.put(file, temporary);
      }
      return true;
    });
  }

  private static Path directory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(PlainFileReader.NOT_PLAIN);
    }
    return directory;
  }

  private static Path temporary(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      requireSafe(directory);
      OwnerOnlyPermissions.makeDirectories(directory);
    }
    OwnershipCheck.close(directory);
    FileAttribute<?>[] permissions = OwnerOnlyPermissions.of(directory, "rw-------");
    // Not by Files.createTempFile: its random names take as long as signing ten tokens, and protect
    // from nothing in a directory that only its owner can write to.
    for (long number = System.nanoTime(); ; number++) {
      Path temporary = directory.resolve(PREFIX + Long.toHexString(number) + SUFFIX);
      try {
        Files.createFile(temporary, permissions);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
      OwnerOnlyPermissions.set(temporary, PosixFilePermissions.fromString("rw-------"));
      return temporary;
    }
  }

  /** Writes over what a file has, so that it keeps its place on the disk. */
  private static void fill(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.WRITE))) {
      Channels.newOutputStream(channel).write(content);
      channel.truncate(content.length);
      channel.force(true);
    }
  }

  private static void withdraw(Path temporary, Exception failure) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException left) {
      failure.addSuppressed(left);
    }
  }

  /**
   * Removes what killed processes have left behind. Their number would not tell: a process of
   * another container may have any. So their age does, by the clock of the file system: a write
   * takes no minute.
   */
  private static void sweep(Path directory, long now) {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
      for (Path each : left) {
        if (isTemporary(each)
            && Files.getLastModifiedTime(each, LinkOption.NOFOLLOW_LINKS).toMillis()
                < now - A_MINUTE) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The next write will.
    }
  }

  private static boolean isTemporary(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  @Override
  public boolean delete(Path file) throws IOException {
    return named(() -> {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        // A link of another user in the way could lead to anything of this one's.
        requireSafe(file.toAbsolutePath());
      }
      return Files.deleteIfExists(file);
    });
  }

  private static void requireSafe(Path place) throws IOException {
    UnsafePlace problem = new OwnershipCheck().problem(place);
    if (problem != null) {
      throw new IOException(problem.advice());
    }
  }

  private interface Action {
    boolean run() throws IOException;
  }

  private static boolean named(Action action) throws IOException {
    try {
      return action.run();
    } catch (FileSystemException e) {
      throw new IOException(FileReason.of(e), e);
    }
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
