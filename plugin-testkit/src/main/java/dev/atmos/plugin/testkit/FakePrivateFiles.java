package dev.atmos.plugin.testkit;

import dev.atmos.plugin.io.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Writes files of any file system, one in memory among them, in one step as far as a test sees. */
public final class FakePrivateFiles implements PrivateFiles {

  /** For a {@link FakeContext}, or for a test of its own. */
  public FakePrivateFiles() {}

  @Override
  public Optional<byte[]> read(Path file, int limit) throws IOException {
    if (Files.isSymbolicLink(file)) {
      throw new IOException("is a link");
    }
    return new FakeReadOnlyFiles().read(file, limit);
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("is not a file");
    }
    Files.createDirectories(directory, forOwner(directory, "rwx------"));
    Files.deleteIfExists(file);
    Files.createFile(file, forOwner(directory, "rw-------"));
    Files.write(file, content);
  }

  @Override
  public boolean delete(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }

  private static FileAttribute<?>[] forOwner(Path directory, String permissions) {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
