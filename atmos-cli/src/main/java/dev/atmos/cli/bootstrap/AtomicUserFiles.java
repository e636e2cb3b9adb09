package dev.atmos.cli.bootstrap;

import dev.atmos.services.system.UserFiles;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/** Writes the user's files on any file system. */
final class AtomicUserFiles implements UserFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  @Override
  public void append(Path file, byte[] content) throws IOException {
    named(() ->
        write(file, content, OWNER_ONLY, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    named(() -> {
      if (!Files.exists(file)) {
        write(
            file,
            content,
            OWNER_ONLY,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING);
        return;
      }
      Path real = file.toRealPath();
      if (!Files.isRegularFile(real) || !replaceByRename(real, content)) {
        write(real, content, OWNER_ONLY, StandardOpenOption.TRUNCATE_EXISTING);
      }
    });
  }

  /** False where the new file would belong to another user, or its directory takes no new file. */
  private static boolean replaceByRename(Path real, byte[] content) throws IOException {
    Path temporary = real.resolveSibling("." + real.getFileName() + ".atmos-new");
    try {
      Set<PosixFilePermission> permissions =
          isPosix(real) ? Files.getPosixFilePermissions(real) : OWNER_ONLY;
      Files.deleteIfExists(temporary);
      write(temporary, content, permissions, StandardOpenOption.CREATE_NEW);
      if (isPosix(real)) {
        // The umask has had a say.
        Files.setPosixFilePermissions(temporary, permissions);
        if (!Files.getOwner(temporary).equals(Files.getOwner(real))
            || !Files.readAttributes(temporary, "posix:group")
                .equals(Files.readAttributes(real, "posix:group"))) {
          return false;
        }
      }
      Files.move(
          temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (AccessDeniedException e) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void write(
      Path file, byte[] content, Set<PosixFilePermission> permissions, OpenOption... how)
      throws IOException {
    FileAttribute<?>[] attributes =
        isPosix(file)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
            : new FileAttribute<?>[0];
    Set<OpenOption> options = new HashSet<>(Set.of(how));
    options.add(StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, attributes)) {
      Channels.newOutputStream(channel).write(content);
      channel.force(true);
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void named(Action action) throws IOException {
    try {
      action.run();
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such directory", e);
    } catch (FileSystemException e) {
      String reason = e.getReason();
      throw new IOException(reason == null ? "it failed" : reason, e);
    }
  }
}
