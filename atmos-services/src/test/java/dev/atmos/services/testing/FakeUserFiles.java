package dev.atmos.services.testing;

import dev.atmos.services.system.UserFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Writes the user's files to any file system, including one in memory. */
public final class FakeUserFiles implements UserFiles {

  private final Set<Path> foreign = new HashSet<>();

  /** A writer for a user who owns all files. */
  public FakeUserFiles() {}

  @Override
  public void requireWritable(Path file) {}

  /** Says that whatever is at a path belongs to another user. */
  public void belongsToOthers(Path path) {
    foreign.add(path);
  }

  @Override
  public boolean isOfOthers(Path path) {
    return foreign.contains(path) && Files.exists(path);
  }

  @Override
  public Optional<byte[]> read(Path file, int limit) throws IOException {
    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  @Override
  public void protect(Path file) {}

  @Override
  public void makeReadOnly(Path file) {}

  @Override
  public void append(Path file, byte[] content) throws IOException {
    Files.write(file, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Files.write(file, content);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.delete(file);
  }
}
