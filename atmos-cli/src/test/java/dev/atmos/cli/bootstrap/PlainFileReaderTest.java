package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atmos.cli.config.file.FileStatus;
import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class PlainFileReaderTest extends FileReaderContract {
  @TempDir Path directory;

  private final PlainFileReader files = new PlainFileReader();

  @Override
  ReadOnlyFiles reader() {
    return files;
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
  @DisabledOnOs(OS.WINDOWS)
  void read_ofALinkToItself_saysSo(@TempDir Path place) throws IOException {
    Path link = Files.createSymbolicLink(place.resolve("link"), Path.of("link"));
    assertThatThrownBy(() -> reader().read(link, 10))
        .hasMessage("too many levels of symbolic links");
  }

  @Test
  void read_ofAFileWithoutASize_isItsContent() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "there is no /proc here");
    assertThat(reader().read(status, 100_000)).isPresent();
    assertThat(reader().read(Path.of("/dev/null"), 10)).hasValue(new byte[0]);
  }

  @Test
  @Timeout(20)
  void pipe_isRefusedAtOnce_unlessItIsNamedAsOne(@TempDir Path place) throws Exception {
    Path pipe = place.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    assertThatThrownBy(() -> files.read(pipe, 10)).hasMessage("isn't a plain file");
    Path link = Files.createSymbolicLink(place.resolve("link"), pipe);
    assertThatThrownBy(() -> files.read(link, 10)).hasMessage("isn't a plain file");
    assertThatThrownBy(() -> new OwnerOnlyFiles(files).read(pipe, 10))
        .hasMessage("isn't a plain file");
    assertThatThrownBy(() -> new OwnershipCheck().sha256(pipe)).hasMessage("isn't a plain file");
    new ProcessBuilder("sh", "-c", "echo -n x >\"$0\"", pipe.toString()).start();
    assertThat(files.readPipe(pipe, 10)).hasValue(bytes("x"));
  }

  @Test
  void readReal_whereOthersWrite_followsNoLink() throws IOException {
    assumeTrue(
        directory.getFileSystem().supportedFileAttributeViews().contains("unix"),
        "there are no users here");
    Path open = Files.createDirectory(directory.resolve("open")).toRealPath();
    Path inside = Files.createDirectory(open.resolve("d"));
    Path file = Files.writeString(inside.resolve("file"), "inside");
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("file"), "outside");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(files.readReal(file, 10)).hasValue(bytes("inside"));
    assertThatThrownBy(() -> files.readReal(file, 3))
        .isInstanceOf(ReadOnlyFiles.FileTooLargeException.class);
    assertThat(files.readReal(inside.resolve("missing"), 10)).isEmpty();
    Files.move(inside, open.resolve("aside"));
    Files.createSymbolicLink(inside, outside);
    assertThatThrownBy(() -> files.readReal(file, 10)).hasMessage("changed while it was read");
    Files.delete(inside);
    Files.createDirectory(inside);
    Files.createSymbolicLink(file, outside.resolve("file"));
    assertThatThrownBy(() -> files.readReal(file, 10)).hasMessage("changed while it was read");
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> files.readReal(file, 10)).hasMessage("changed while it was read");
  }

  @Test
  void status_isThatOfTheLinkItself() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("missing"));
    assertThat(files.isLink(link)).isTrue();
    assertThat(files.isFile(link)).isFalse();
    assumeTrue(files.status(link) != null, "there are no users here");
    FileStatus status = Objects.requireNonNull(files.status(link));
    assertThat(status.isLink()).isTrue();
    assertThat(status.user()).isEqualTo(files.user());
    assertThat(files.status(directory.resolve("missing"))).isNull();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
