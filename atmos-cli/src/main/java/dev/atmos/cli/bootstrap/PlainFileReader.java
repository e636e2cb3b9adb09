package dev.atmos.cli.bootstrap;

import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads files with {@code java.io}, which takes less of a cold start than {@code java.nio}. */
final class PlainFileReader implements ReadOnlyFiles {

  @Override
  public Optional<byte[]> read(Path path, int limit) throws IOException {
    File file = path.toFile();
    try (FileInputStream in = new FileInputStream(file)) {
      byte[] content = new byte[Math.min(limit, 8192) + 1];
      int length = 0;
      while (true) {
        int read = in.read(content, length, content.length - length);
        if (read < 0) {
          return Optional.of(length == content.length ? content : Arrays.copyOf(content, length));
        }
        length += read;
        if (length > limit) {
          throw new FileTooLargeException(limit);
        }
        if (length == content.length) {
          content = Arrays.copyOf(content, Math.min(limit + 1, length * 4));
        }
      }
    } catch (FileNotFoundException e) {
      if (file.isDirectory()) {
        throw new IOException("is a directory", e);
      }
      if (file.exists() || isDenied(e)) {
        throw new IOException("permission denied", e);
      }
      if (Files.isSymbolicLink(path)) {
        throw new IOException("is a link to nothing", e);
      }
      return Optional.empty();
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

  /** A directory above that may not be searched hides whether there is a file. */
  private static boolean isDenied(FileNotFoundException e) {
    String message = e.getMessage();
    return message != null && message.endsWith("(Permission denied)");
  }
}
