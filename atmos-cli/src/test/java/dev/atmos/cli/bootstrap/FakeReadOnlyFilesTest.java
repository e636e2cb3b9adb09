package dev.atmos.cli.bootstrap;

import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.plugin.testkit.FakeReadOnlyFiles;
import java.nio.file.Path;

/** The reader that tests use in place of {@link PlainFileReader} keeps the same contract. */
final class FakeReadOnlyFilesTest extends FileReaderContract {
  private final FakeFiles files = FakeFiles.unix();

  @Override
  ReadOnlyFiles reader() {
    return new FakeReadOnlyFiles();
  }

  @Override
  Path directory() {
    return files.workingDirectory();
  }
}
