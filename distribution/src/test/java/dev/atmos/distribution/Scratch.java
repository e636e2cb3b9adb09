package dev.atmos.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test class's directory, gone after its last test. Every user can enter it (JUnit's own are
 * closed to others), and it is removed by {@code rm}, because Java can't name every file that the
 * tests make where its locale is a bare one.
 */
final class Scratch implements BeforeAllCallback, AfterAllCallback {
  private @Nullable Path root;
  private int count;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    root = open(Files.createTempDirectory("atmos-it").toRealPath(), "rwxr-xr-x");
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "chmod -R u+rwX \"$1\"; rm -rf \"$1\"", "sh", root().toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  /** A new directory that all may enter and its owner may write to. */
  Path directory() throws IOException {
    return open(Files.createDirectory(root().resolve(Integer.toString(++count))), "rwxr-xr-x");
  }

  /** A new directory that all may write to. */
  Path openDirectory() throws IOException {
    return open(directory(), "rwxrwxrwx");
  }

  static Path open(Path path, String permissions) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private Path root() {
    if (root == null) {
      throw new IllegalStateException("the class's tests have not begun");
    }
    return root;
  }
}
