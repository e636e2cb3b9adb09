package dev.atmos.cli.bootstrap;

import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.cli.config.file.FileStatus;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.services.system.FileReason;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads files with {@code java.io}, which takes less of a cold start than {@code java.nio}. */
final class PlainFileReader implements FileInspector {
  /** How long a pipe may take. */
  private static final int SECONDS = 5;

  static final String NOT_PLAIN = "isn't a plain file";

  private static final String CHANGED = "changed while it was read";
  private static final boolean KNOWS_USERS =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  @Override
  public Optional<byte[]> read(Path path, int limit) throws IOException {
    File file = path.toFile();
    if (!file.isFile() && file.exists() && !file.isDirectory()) {
      // To open a pipe would wait for somebody to write to it.
      if (!isDevice(path)) {
        throw new IOException(NOT_PLAIN);
      }
      return readPipe(path, limit);
    }
    return open(file, limit);
  }

  /**
   * Whether only the system and this process decide what a name stands for: a device, or what the
   * process has open, such as {@code <(...)} of a shell.
   */
  static boolean isDevice(Path path) {
    return switch (String.valueOf(path.getParent())) {
      case "/dev", "/dev/fd", "/dev/pts", "/proc/self/fd" -> true;
      default -> false;
    };
  }

  private static Optional<byte[]> open(File file, int limit) throws IOException {
    try (FileInputStream in = new FileInputStream(file)) {
      return Optional.of(content(in, limit));
    } catch (FileNotFoundException e) {
      if (file.isDirectory()) {
        throw new IOException("is a directory", e);
      }
      String reason = FileReason.of(e);
      // A directory above that may not be searched, links in a circle, and too many open files hide
      // whether there is a file.
      if (file.exists() || reason.equals("permission denied") || reason.startsWith("too many ")) {
        throw new IOException(reason, e);
      }
      if (Files.isSymbolicLink(file.toPath())) {
        throw new IOException("is a link to nothing", e);
      }
      return Optional.empty();
    }
  }

  private static byte[] content(InputStream in, int limit) throws IOException {
    byte[] content = new byte[Math.min(limit, 8192) + 1];
    int length = 0;
    while (true) {
      int read = in.read(content, length, content.length - length);
      if (read < 0) {
        return length == content.length ? content : Arrays.copyOf(content, length);
      }
      length += read;
      if (length > limit) {
        throw new FileTooLargeException(limit);
      }
      if (length == content.length) {
        content = Arrays.copyOf(content, Math.min(limit + 1, length * 4));
      }
    }
  }

  @Override
  public boolean exists(Path path) {
    return path.toFile().exists();
  }

  @Override
  public Optional<List<String>> list(Path directory) throws IOException {
    File file = directory.toFile();
    String[] names = file.list();
    if (names != null) {
      return Optional.of(Arrays.asList(names));
    }
    if (file.isDirectory()) {
      throw new IOException("permission denied");
    }
    return Optional.empty();
  }

  @Override
  public Path real(Path path) throws IOException {
    return path.toFile().getCanonicalFile().toPath();
  }

  @Override
  public boolean isFile(Path path) {
    return path.toFile().isFile();
  }

  @Override
  public boolean isLink(Path path) {
    // First in a way that throws nothing where there is nothing.
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Files.isSymbolicLink(path);
  }

  @Override
  public @Nullable FileStatus status(Path path) {
    if (!KNOWS_USERS) {
      return null;
    }
    try {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
      return found.get("uid") instanceof Integer user && found.get("mode") instanceof Integer mode
          ? new FileStatus(user, mode)
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public int user() throws IOException {
    return OwnershipCheck.self();
  }

  // Where others may exchange what is opened for a pipe, opening it may take forever.

  @Override
  public Optional<byte[]> readPipe(Path path, int limit) throws IOException {
    return ending(() -> open(path.toFile(), limit));
  }

  @Override
  public Optional<byte[]> readReal(Path real, int limit) throws IOException {
    if (KNOWS_USERS) {
      UnsafePlace open = OwnershipCheck.problem(real, OwnershipCheck.self());
      Path start = open == null ? null : open.path().getParent();
      return start == null || start.equals(real)
          ? read(real, limit)
          : readBelow(start, real, limit);
    }
    return readUnchanged(real, limit);
  }

  private Optional<byte[]> readBelow(Path directory, Path file, int limit) throws IOException {
    return ending(() -> readWithoutLinks(directory, file, limit));
  }

  /** Where links can't be refused, one that is still there afterwards is at least seen. */
  private Optional<byte[]> readUnchanged(Path real, int limit) throws IOException {
    Optional<byte[]> content = read(real, limit);
    if (!real(real).equals(real)) {
      throw new IOException(CHANGED);
    }
    return content;
  }

  private static Optional<byte[]> ending(Callable<Optional<byte[]>> reading) throws IOException {
    FutureTask<Optional<byte[]>> task = new FutureTask<>(reading);
    Thread thread = new Thread(task, "reader");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("it doesn't end within " + SECONDS + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Optional<byte[]> readWithoutLinks(Path directory, Path file, int limit)
      throws IOException {
    try (DirectoryStream<Path> start = Files.newDirectoryStream(directory)) {
      return start instanceof SecureDirectoryStream<Path> opened
          ? Optional.of(walk(opened, directory.relativize(file), limit))
          : readUnchanged(file, limit);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    } catch (FileTooLargeException e) {
      throw e;
    } catch (IOException e) {
      // Such as a link where none was.
      throw new IOException(CHANGED, e);
    }
  }

  private static byte[] walk(SecureDirectoryStream<Path> directory, Path below, int limit)
      throws IOException {
    try (InputStream in =
        Channels.newInputStream(openPlain(directory, below, StandardOpenOption.READ))) {
      return content(in, limit);
    }
  }

  /**
   * Opens a plain file without following a link on the way to it.
   *
   * @param below its path from the directory
   */
  static SeekableByteChannel openPlain(
      SecureDirectoryStream<Path> directory, Path below, OpenOption how) throws IOException {
    Path name = below.getName(0);
    if (below.getNameCount() > 1) {
      try (SecureDirectoryStream<Path> next =
          directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        return openPlain(next, below.subpath(1, below.getNameCount()), how);
      }
    }
    BasicFileAttributeView view =
        directory.getFileAttributeView(
            name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!view.readAttributes().isRegularFile()) {
      throw new IOException(CHANGED);
    }
    return directory.newByteChannel(name, Set.of(how, LinkOption.NOFOLLOW_LINKS));
  }
}
