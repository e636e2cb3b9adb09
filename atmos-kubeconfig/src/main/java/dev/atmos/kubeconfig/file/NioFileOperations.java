package dev.atmos.kubeconfig.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** File operations on any file system; the only ones of this module. */
final class NioFileOperations implements FileOperations {
  private static final int MOST_LINKS = 40;

  @Override
  public byte @Nullable [] read(Path file, int limit) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new FileSystemException(
            file.toString(), null, "larger than " + (limit >> 20) + " MiB, which is the limit");
      }
      return content;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public Path real(Path path) throws IOException {
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
      throw new FileSystemException(path.toString(), null, "is not a file");
    }
    return Files.exists(parent) ? parent.toRealPath().resolve(name) : at;
  }

  @Override
  public @Nullable Attributes attributes(Path file) throws IOException {
    try {
      if (!hasPosix(file)) {
        return new Attributes(isRegular(file), -1, null, null, 1);
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

  private static boolean isRegular(Path file) throws NoSuchFileException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return Files.isRegularFile(file);
  }

  @Override
  public @Nullable Instant changed(Path path) throws IOException {
    try {
      return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void makeDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, forOwner(directory, 0700));
    }
  }

  @Override
  public boolean makeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, forOwner(directory, 0700));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public @Nullable List<String> list(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return null;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  @Override
  public boolean create(Path file) throws IOException {
    try {
      Files.createFile(file, forOwner(file, 0600));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        if (channel.write(buffer) < 0) {
          throw new IOException("nothing more can be written");
        }
      }
      channel.truncate(content.length);
      if (channel instanceof FileChannel device) {
        device.force(true);
      }
    }
  }

  @Override
  public void setMode(Path file, int mode) throws IOException {
    if (hasPosix(file)) {
      Files.setPosixFilePermissions(file, permissions(mode));
    }
  }

  @Override
  public void setGroup(Path file, Object group) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null && group instanceof GroupPrincipal principal) {
      view.setGroup(principal);
    }
  }

  @Override
  public void replace(Path file, Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public boolean delete(Path path) throws IOException {
    return Files.deleteIfExists(path);
  }

  @Override
  public void sync(Path directory) throws IOException {
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

  /** The nine permissions, from the highest bit to the lowest. */
  private static List<PosixFilePermission> nine() {
    return List.of(
        PosixFilePermission.OWNER_READ,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_EXECUTE);
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    int bit = 0400;
    for (PosixFilePermission each : nine()) {
      if ((mode & bit) != 0) {
        permissions.add(each);
      }
      bit >>= 1;
    }
    return permissions;
  }

  private static int bits(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission each : nine()) {
      mode = (mode << 1) | (permissions.contains(each) ? 1 : 0);
    }
    return mode;
  }
}
