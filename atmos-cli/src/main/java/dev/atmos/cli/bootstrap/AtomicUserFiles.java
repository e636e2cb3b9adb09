package dev.atmos.cli.bootstrap;

import dev.atmos.services.system.FileReason;
import dev.atmos.services.system.UserFiles;
import dev.atmos.text.ShellQuoting;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Writes the user's files on any file system. */
final class AtomicUserFiles implements UserFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  @Override
  public void requireWritable(Path file) throws IOException {
    var _ = judged(file);
  }

  /** Where a file is that may be written: nothing else is opened, whatever is exchanged since. */
  private static Path judged(Path file) throws IOException {
    // To open a pipe would wait for somebody to read it.
    if (Files.exists(file) && !Files.isRegularFile(file) && !PlainFileReader.isDevice(file)) {
      throw new IOException(PlainFileReader.NOT_PLAIN);
    }
    if (Files.isSymbolicLink(file) && !Files.exists(file)) {
      throw new IOException("is a link to nothing");
    }
    Path real = OwnershipCheck.requireOwn(file);
    return PlainFileReader.isDevice(file) ? file : real;
  }

  @Override
  public boolean isOfOthers(Path file) throws IOException {
    return OwnershipCheck.isOfOthers(file);
  }

  @Override
  public Optional<byte[]> read(Path file, int limit) throws IOException {
    Path real = judged(file);
    return PlainFileReader.isDevice(real)
        ? Optional.empty()
        : new PlainFileReader().readReal(real, limit);
  }

  @Override
  public void protect(Path file) throws IOException {
    Path real = judged(file);
    if (PlainFileReader.isDevice(real)) {
      return;
    }
    OwnershipCheck.requireClosed(Objects.requireNonNull(real.getParent()));
    named(() -> {
      if (isThere(real) && !Files.isWritable(real)) {
        throw new AccessDeniedException(real.toString());
      }
      if (isThere(real) && isPosix(real)) {
        Set<PosixFilePermission> permissions =
            Files.getPosixFilePermissions(real, LinkOption.NOFOLLOW_LINKS);
        if (permissions.retainAll(OWNER_ONLY)) {
          if (OwnershipCheck.isOfOthers(real)) {
            // Its owner could exchange it for a link, and root would change what that leads to.
            throw new IOException(
                "can be read by other users; run: chmod go-rwx " + ShellQuoting.path(real));
          }
          Files.setPosixFilePermissions(real, permissions);
        }
      }
    });
  }

  @Override
  public void makeReadOnly(Path file) throws IOException {
    Path real = judged(file);
    named(() -> {
      if (isThere(real) && isPosix(real)) {
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("r--------"));
      }
    });
  }

  private static boolean isThere(Path real) {
    return Files.exists(real, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void append(Path file, byte[] content) throws IOException {
    Path real = judged(file);
    named(() -> {
      if (PlainFileReader.isDevice(real)) {
        write(real, content, OWNER_ONLY, StandardOpenOption.APPEND);
      } else if (isThere(real)) {
        overwrite(real, content, /* append= */ true);
      } else {
        make(real, content);
      }
    });
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Path real = judged(file);
    named(() -> {
      if (PlainFileReader.isDevice(real)) {
        write(real, content, OWNER_ONLY, StandardOpenOption.TRUNCATE_EXISTING);
      } else if (!isThere(real)) {
        make(real, content);
      } else if (!replaceByRename(real, content)) {
        overwrite(real, content, /* append= */ false);
      }
    });
  }

  @Override
  public void delete(Path file) throws IOException {
    Path real = judged(file);
    if (Files.isSymbolicLink(file) || PlainFileReader.isDevice(real)) {
      replace(file, new byte[0]);
    } else {
      named(() -> Files.delete(real));
    }
  }

  private static void make(Path file, byte[] content) throws IOException {
    write(file, content, OWNER_ONLY, StandardOpenOption.CREATE_NEW);
    OwnerOnlyPermissions.set(file, OWNER_ONLY);
  }

  /** Follows no link: the owner of a directory where root writes could have put one there since. */
  static void overwrite(Path real, byte[] content, boolean append) throws IOException {
    try (SeekableByteChannel channel = opened(real)) {
      if (append) {
        channel.position(channel.size());
      } else {
        channel.truncate(0);
      }
      Channels.newOutputStream(channel).write(content);
      if (channel instanceof FileChannel file) {
        file.force(true);
      }
    }
  }

  private static SeekableByteChannel opened(Path real) throws IOException {
    Path root = Objects.requireNonNull(real.getRoot());
    try (DirectoryStream<Path> start = Files.newDirectoryStream(root)) {
      if (start instanceof SecureDirectoryStream<Path> opened) {
        return PlainFileReader.openPlain(opened, root.relativize(real), StandardOpenOption.WRITE);
      }
    } catch (AccessDeniedException e) {
      // A directory on the way may be entered and not be read. Java can't open it then, so nobody
      // else may be able to exchange it.
      OwnershipCheck.requireClosed(Objects.requireNonNull(real.getParent()));
    }
    return Files.newByteChannel(real, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** False where the new file would belong to another user, or its directory takes no new file. */
  private static boolean replaceByRename(Path real, byte[] content) throws IOException {
    if (OwnershipCheck.isOfOthers(real)) {
      return false;
    }
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
      if (Files.isRegularFile(file)) {
        channel.force(true);
      }
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void named(Action action) throws IOException {
    try {
      action.run();
    } catch (IOException e) {
      throw new IOException(FileReason.of(e), e);
    }
  }
}
