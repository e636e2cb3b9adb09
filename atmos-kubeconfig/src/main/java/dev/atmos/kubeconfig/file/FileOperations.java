package dev.atmos.kubeconfig.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.FileReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file operations that kubeconfigs need, each about one system call, on any file system; the
 * only ones of this module.
 */
class FileOperations {
  private static final int MOST_LINKS = 40;

  /** By chance, one file in a million has this; within a millisecond, nobody looks at a time. */
  private static final int MARK = 271_000;

  /**
   * The attributes of a file.
   *
   * @param regular whether it is a plain file
   * @param mode its nine bits; -1 if the file system has none
   * @param owner its owner; null if the file system has none
   * @param group its group; null if the file system has none
   * @param links how many names it has
   */
  record Attributes(
      boolean regular, int mode, @Nullable Object owner, @Nullable Object group, int links) {}

  /** How many bytes a kubeconfig may have. */
  int largest() {
    return 64 << 20;
  }

  /** The content of a file; null if it doesn't exist. */
  byte @Nullable [] read(Path file, int limit) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    // To open a pipe would wait for somebody to write to it.
    if (Files.exists(file) && !Files.isRegularFile(file) && !file.toString().equals("/dev/null")) {
      throw new FileSystemException(file.toString(), null, "isn't a plain file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file, limit);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Asks for the end once: another program may write behind it. */
  static byte[] read(InputStream in, Path file, int limit) throws IOException {
    byte[] content = in.readNBytes(limit + 1);
    if (content.length > limit) {
      throw new FileSystemException(
          file.toString(), null, "larger than " + (limit >> 20) + " MiB, which is the limit");
    }
    return content;
  }

  /**
   * A file for {@link #read(SeekableByteChannel, int)}, whatever takes its place; null if it
   * doesn't exist, or if the file system replaces no file that is open, as Windows doesn't.
   */
  @Nullable SeekableByteChannel open(Path file) throws IOException {
    try {
      return hasPosix(file) ? Files.newByteChannel(file, StandardOpenOption.READ) : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** What a file that is open holds by now. */
  byte[] read(SeekableByteChannel file, int limit) throws IOException {
    return Channels.newInputStream(file.position(0)).readNBytes(limit);
  }

  /** The path with all links followed, whether the file exists or not. */
  Path real(Path path) throws IOException {
    Path at = path;
    for (int links = 0; Files.isSymbolicLink(at); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemException(path.toString(), null, "too many links lead to each other");
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    Path parent = at.getParent();
    Path name = at.getFileName();
    if (parent == null || name == null) {
      throw new FileSystemException(path.toString(), null, "isn't a plain file");
    }
    return Files.exists(parent) ? parent.toRealPath().resolve(name) : at;
  }

  /** Whether a file, or what a missing one would be made in, seems to be writable. */
  boolean isWritable(Path file) {
    Path at = file;
    for (Path above = file.getParent();
        above != null && !Files.exists(at);
        above = above.getParent()) {
      at = above;
    }
    return Files.isWritable(at);
  }

  /** The attributes of a file; null if it doesn't exist. */
  @Nullable Attributes attributes(Path file) throws IOException {
    try {
      if (!hasPosix(file)) {
        boolean regular = Files.readAttributes(file, BasicFileAttributes.class).isRegularFile();
        return new Attributes(regular, -1, null, null, 1);
      }
      PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
      int links =
          views(file).contains("unix")
                  && Files.getAttribute(file, "unix:nlink") instanceof Integer n
              ? n
              : 1;
      return new Attributes(
          attributes.isRegularFile(),
          bits(attributes.permissions()),
          attributes.owner(),
          attributes.group(),
          links);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** When a file or directory was last changed; null if it doesn't exist. */
  @Nullable Instant changed(Path path) throws IOException {
    try {
      return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Sets when a file was last changed. */
  void touch(Path file, Instant time) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  /**
   * Marks a file that is whole, by the fractions of a millisecond in its time, so that {@link
   * #isMarked} is true until it is changed.
   */
  void mark(Path file) throws IOException {
    Instant changed = changed(file);
    if (changed != null) {
      touch(file, marked(changed));
    }
  }

  /** Whether a file that was changed at that time has been marked since. */
  static boolean isMarked(Instant changed) {
    return changed.equals(marked(changed));
  }

  private static Instant marked(Instant changed) {
    return changed.truncatedTo(ChronoUnit.MILLIS).plusNanos(MARK);
  }

  /** Makes a directory and its missing parents, for their owner only. */
  void makeDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Path parent = directory.getParent();
      if (parent != null) {
        makeDirectories(parent);
      }
      if (!makeDirectory(directory) && !Files.isDirectory(directory)) {
        throw new NotDirectoryException(directory.toString());
      }
    }
  }

  /** Makes a directory for its owner only; false if the name is taken. */
  boolean makeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, forOwner(directory, 0700));
      // The umask may have taken some of it away.
      setMode(directory, 0700);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** The names in a directory; null if there is none. */
  @Nullable List<String> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return null;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Makes an empty file for its owner only; false if the name is taken. */
  boolean create(Path file) throws IOException {
    try {
      Files.createFile(file, forOwner(file, 0600));
      setMode(file, 0600);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Overwrites a file, truncates it, and waits for the device. */
  void write(Path file, byte[] content) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        var _ = channel.write(buffer);
      }
      channel.truncate(content.length);
      if (channel instanceof FileChannel device) {
        device.force(true);
      }
    }
  }

  /** Sets the mode of a file. */
  void setMode(Path file, int mode) throws IOException {
    if (hasPosix(file)) {
      Files.setPosixFilePermissions(file, permissions(mode));
    }
  }

  /** Sets the group of a file. */
  void setGroup(Path file, Object group) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null && group instanceof GroupPrincipal principal) {
      view.setGroup(principal);
    }
  }

  /** Replaces a file by another, atomically. */
  void replace(Path file, Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes a file or an empty directory; false if there is none. */
  boolean delete(Path path) throws IOException {
    return Files.deleteIfExists(path);
  }

  /** Waits until the device knows the names in a directory. */
  void sync(Path directory) throws IOException {
    // Windows can't open a directory, and only the default file system has a device.
    if (hasPosix(directory)
        && Files.newByteChannel(directory, StandardOpenOption.READ)
            instanceof FileChannel channel) {
      try (channel) {
        channel.force(true);
      }
    }
  }

  private static boolean hasPosix(Path path) {
    return views(path).contains("posix");
  }

  private static Set<String> views(Path path) {
    return path.getFileSystem().supportedFileAttributeViews();
  }

  private static FileAttribute<?>[] forOwner(Path path, int mode) {
    return hasPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions(mode))}
        : new FileAttribute<?>[0];
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    int bit = 0400;
    for (PosixFilePermission each : PosixFilePermission.values()) {
      if ((mode & bit) != 0) {
        permissions.add(each);
      }
      bit >>= 1;
    }
    return permissions;
  }

  private static int bits(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission each : PosixFilePermission.values()) {
      mode = (mode << 1) | (permissions.contains(each) ? 1 : 0);
    }
    return mode;
  }

  static AtmosException failure(String what, IOException e) {
    return new AtmosException(ExitCode.FAILED, what + ": " + FileReason.of(e), null, e);
  }
}
