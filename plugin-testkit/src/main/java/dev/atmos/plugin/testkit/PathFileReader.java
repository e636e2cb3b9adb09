package dev.atmos.plugin.testkit;

import dev.atmos.plugin.io.FileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files of any file system, one in memory among them. */
public final class PathFileReader implements FileReader {

  @Override
  public Optional<byte[]> read(Path path, int limit) throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    if (Files.isDirectory(path)) {
      throw new IOException("is a directory");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(limit + 1);
      if (content.length > limit) {
        throw new FileTooLargeException(limit);
      }
      return Optional.of(content);
    }
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path);
  }
}
