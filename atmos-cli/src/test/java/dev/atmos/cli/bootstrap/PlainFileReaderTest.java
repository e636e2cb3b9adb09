package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atmos.plugin.io.FileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlainFileReaderTest extends FileReaderContract {
  @TempDir Path directory;

  @Override
  FileReader reader() {
    return new PlainFileReader();
  }

  @Override
  Path directory() {
    return directory;
  }

  private static void assumeThatPermissionsCount(Path file) {
    assumeTrue(!Files.isReadable(file), "permissions are not enforced for this user");
  }

  @Test
  void read_withoutThePermission_failsAndSaysSo() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeThatPermissionsCount(file);
    assertThatThrownBy(() -> reader().read(file, 10))
        .isInstanceOf(IOException.class)
        .hasMessage("permission denied");
  }

  @Test
  void read_inADirectoryWithoutThePermission_failsAndSaysSo() throws IOException {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Path file = Files.writeString(closed.resolve("file"), "secret");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeThatPermissionsCount(file);
      assertThatThrownBy(() -> reader().read(file, 10)).hasMessage("permission denied");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void read_ofAnEndlessDevice_stopsAtTheLimit() {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "there is no /dev/zero here");
    assertThatThrownBy(() -> reader().read(zero, 100_000))
        .isInstanceOf(FileReader.FileTooLargeException.class);
  }

  @Test
  void read_ofAFileWithoutASize_isItsContent() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "there is no /proc here");
    assertThat(reader().read(status, 100_000)).isPresent();
    assertThat(reader().read(Path.of("/dev/null"), 10)).hasValue(new byte[0]);
  }
}
