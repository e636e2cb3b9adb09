package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atmos.cli.bootstrap.process.ParentProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that grows by whole lines, on a real file system. */
final class AppendOnlyFileTest {
  @TempDir Path directory;

  private static void append(Path file, String line) throws IOException {
    AppendOnlyFile.append(file, line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void file_thatIsMissing_isMadeForItsOwner() throws IOException {
    Path file = directory.resolve("log");
    append(file, "a\n");
    append(file, "b\n");
    assertThat(file).hasContent("a\nb\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void file_ofTheAdministrator_keepsItsMode() throws IOException {
    Path file = Files.createFile(directory.resolve("log"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw--w--w-"));
    append(file, "a\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw--w--w-");
  }

  @Test
  void link_isNotFollowed() throws IOException {
    Path target = Files.createFile(directory.resolve("target"));
    Path link = Files.createSymbolicLink(directory.resolve("log"), target);
    assertThatThrownBy(() -> append(link, "a\n")).isInstanceOf(IOException.class);
    assertThat(target).isEmptyFile();
  }

  @Test
  void pipe_isNotWaitedFor() throws Exception {
    Path pipe = directory.resolve("log");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    assertThatThrownBy(() -> append(pipe, "a\n")).hasMessage("isn't a plain file");
  }

  @Test
  void fullDevice_isAFailure() {
    assertThatThrownBy(() -> append(Path.of("/dev/full"), "a\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("isn't a plain file");
    assertThatThrownBy(() -> append(directory.resolve("none/log"), "a\n"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void line_behindOneThatWasCut_isALineOfItsOwn() throws IOException {
    Path file = Files.writeString(directory.resolve("log"), "a\ncut");
    append(file, "b\n");
    append(file, "c\n");
    assertThat(file).hasContent("a\ncut\nb\nc\n");
  }

  @Test
  void line_thatIsEmpty_onlyTriesWhetherTheFileCanBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("log"), "cut");
    append(file, "");
    assertThat(file).hasContent("cut");
    assertThatThrownBy(() -> append(directory.resolve("none/log"), ""))
        .isInstanceOf(IOException.class);
  }

  @Test
  void file_ofAnotherUser_isNotWrittenTo() throws IOException {
    assumeTrue(OwnershipCheck.self() == 0, "only root can give a file away");
    Path file = Files.createFile(directory.resolve("log"));
    Files.setAttribute(file, "unix:uid", 4711);
    assertThatThrownBy(() -> append(file, "a\n")).hasMessage("belongs to another user");
    assertThat(file).isEmptyFile();
  }

  @Test
  void lines_ofSeveralWriters_dontMix() throws IOException {
    Path file = directory.resolve("log");
    IntStream.range(0, 200)
        .parallel()
        .forEach(i -> {
          try {
            append(file, ("x" + i % 10).repeat(1000) + "\n");
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    List<String> lines = Files.readAllLines(file);
    // One that was seen while it was written counts as cut.
    lines.removeIf(String::isEmpty);
    assertThat(lines).hasSize(200).allMatch(line -> line.matches("(x\\d)\\1+"));
  }

  @Test
  void parent_ofThisProcess_isKnown() {
    var process = ParentProcess.find();
    assertThat(process.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(process.parent())
        .isEqualTo(ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L));
  }
}
