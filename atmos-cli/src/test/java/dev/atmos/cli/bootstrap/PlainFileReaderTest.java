package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlainFileReaderTest extends FileReaderContract {
  @TempDir Path directory;

  @Override
  ReadOnlyFiles reader() {
    return new PlainFileReader();
  }

  @Override
  Path directory() {
    return directory;
  }

  @Test
  void read_ofAnEndlessDevice_stopsAtTheLimit() {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "there is no /dev/zero here");
    assertThatThrownBy(() -> reader().read(zero, 100_000))
        .isInstanceOf(ReadOnlyFiles.FileTooLargeException.class);
  }

  @Test
  void read_ofAFileWithoutASize_isItsContent() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "there is no /proc here");
    assertThat(reader().read(status, 100_000)).isPresent();
    assertThat(reader().read(Path.of("/dev/null"), 10)).hasValue(new byte[0]);
  }
}
