package dev.atmos.services.testing;

import dev.atmos.services.system.UserFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Writes the user's files to any file system, including one in memory. */
public final class FakeUserFiles implements UserFiles {

  /** A writer without state. */
  public FakeUserFiles() {}

  @Override
  public void requireWritable(Path file) {}

  @Override
  public Optional<byte[]> read(Path file, int limit) throws IOException {
    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  @Override
  public void protect(Path file) {}

  @Override
  public void append(Path file, byte[] content) throws IOException {
    Files.write(file, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Files.write(file, content);
  }
}
