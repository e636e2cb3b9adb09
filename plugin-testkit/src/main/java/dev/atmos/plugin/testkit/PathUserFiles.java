package dev.atmos.plugin.testkit;

import dev.atmos.services.system.UserFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes the user's files on any file system, one in memory among them. */
public final class PathUserFiles implements UserFiles {

  /** For a {@link FakeContext}, or for a test of its own. */
  public PathUserFiles() {}

  @Override
  public void append(Path file, byte[] content) throws IOException {
    Files.write(file, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Files.write(file, content);
  }
}
