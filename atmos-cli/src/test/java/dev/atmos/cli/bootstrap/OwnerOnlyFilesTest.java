package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atmos.plugin.testkit.FakeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerOnlyFilesTest {
  private final OwnerOnlyFiles files = new OwnerOnlyFiles(new PlainFileReader());

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void file_inMemory_isWrittenReplacedAndRemoved(boolean windows) throws IOException {
    FakeFiles view = windows ? FakeFiles.windows() : FakeFiles.unix();
    Path file = view.path("a/b/file");
    files.write(file, bytes("one"));
    files.write(file, bytes("two"));
    assertThat(file).hasContent("two");
    assertThat(names(view.path("a/b"))).containsExactly("file");
    assertThat(files.delete(file)).isTrue();
    assertThat(files.delete(file)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 5000})
  void file_whoseSpaceWasReserved_hasItsContentAndNothingElse(int length) throws IOException {
    Path directory = FakeFiles.unix().path("a/b");
    Path file = directory.resolve("file");
    byte[] content = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
    files.reserve(file, 1000);
    assertThat(names(directory)).singleElement().asString().startsWith(".atmos-");

    files.write(file, content);

    assertThat(file).hasBinaryContent(content);
    assertThat(names(directory)).containsExactly("file");
    files.write(file, bytes("two"));
    assertThat(file).hasContent("two");
  }

  @Test
  void reservation_thatIsTakenBack_leavesNothing() throws IOException {
    Path directory = FakeFiles.unix().path("a/b");
    Path file = directory.resolve("file");
    files.reserve(file, 1000);
    files.reserve(file, 2000);
    assertThat(names(directory)).hasSize(1);
    files.reserve(file, 0);
    assertThat(names(directory)).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void file_behindALinkOfAnotherUser_isNotRemoved(@TempDir Path place) throws IOException {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(place, "unix:uid")),
        "only root can give files to others");
    Path own = Files.createDirectory(place.resolve("own"));
    Path file = Files.writeString(own.resolve("credentials"), "x");
    Path shared = Files.createDirectory(place.resolve("shared"));
    Path link = Files.createSymbolicLink(shared.resolve("roles"), own);
    Files.setAttribute(link, "unix:uid", 1002, LinkOption.NOFOLLOW_LINKS);
    assertThatThrownBy(() -> files.delete(link.resolve("credentials")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("belongs to another user");
    assertThat(file).exists();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void fileAndNewDirectories_areTheOwnersOnly_andOthersAsTheyWere(@TempDir Path place)
      throws IOException {
    Path there = Files.createDirectory(place.resolve("there"));
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path file = there.resolve("new/deep/file");
    files.write(file, bytes("x"));
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(there.resolve("new"))).isEqualTo("rwx------");
    assertThat(mode(there.resolve("new/deep"))).isEqualTo("rwx------");
    assertThat(mode(there)).isEqualTo("rwxr-xr-x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    files.write(file, bytes("y"));
    assertThat(mode(file)).as("replaced").isEqualTo("rw-------");
    assertThat(names(there.resolve("new/deep"))).containsExactly("file");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void temporaryFile_ofAKilledProcess_isSweptByTheNextWrite(@TempDir Path place)
      throws IOException {
    Path left = Files.writeString(place.resolve(".atmos-123.tmp"), "secret");
    Path running = Files.writeString(place.resolve(".atmos-456.tmp"), "secret");
    Path other = Files.writeString(place.resolve(".atmos-789.txt"), "mine");
    FileTime before = FileTime.from(Files.getLastModifiedTime(left).toInstant().minusSeconds(61));
    Files.setLastModifiedTime(left, before);
    Files.setLastModifiedTime(other, before);
    files.write(place.resolve("file"), bytes("x"));
    assertThat(left).doesNotExist();
    assertThat(running).exists();
    assertThat(other).exists();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void directory_behindALinkOfAnotherUser_isNotMade(@TempDir Path place) throws IOException {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(place, "unix:uid")),
        "only root can give files to others");
    Path own = Files.createDirectory(place.resolve("own"));
    Path link = Files.createSymbolicLink(place.resolve("link"), own);
    Files.setAttribute(link, "unix:uid", 1002, LinkOption.NOFOLLOW_LINKS);
    assertThatThrownBy(() -> files.write(link.resolve("new/file"), bytes("x")))
        .hasMessageContaining("belongs to another user (1002)");
    assertThat(names(own)).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void failure_saysTheReasonAndNoPath(@TempDir Path place) throws IOException {
    Path file = Files.writeString(place.resolve("file"), "x");
    Files.createDirectories(place.resolve("full/below"));
    assertThatThrownBy(() -> files.write(file.resolve("below"), bytes("x")))
        .hasMessage("not a directory");
    assertThatThrownBy(() -> files.write(Path.of("/proc/atmos/x"), bytes("x")))
        .hasMessage("no such file or directory");
    assertThatThrownBy(() -> files.delete(place.resolve("full")))
        .hasMessage("the directory isn't empty");
  }

  @Test
  void file_thatCantTakeItsName_leavesNothingBehind(@TempDir Path place) throws IOException {
    Path directory = place.resolve("file");
    Files.createDirectories(directory.resolve("below"));
    assertThatThrownBy(() -> files.write(directory, bytes("x"))).isInstanceOf(IOException.class);
    assertThat(names(place)).containsExactly("file");
    assertThat(names(directory)).containsExactly("below");
  }

  @Test
  void file_belowAFile_isAFailure(@TempDir Path place) throws IOException {
    Path file = Files.writeString(place.resolve("file"), "as it was");
    assertThatThrownBy(() -> files.write(file.resolve("below"), bytes("x")))
        .isInstanceOf(IOException.class);
    assertThat(file).hasContent("as it was");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void link_isReplacedAndNotFollowed(@TempDir Path place) throws IOException {
    Path target = Files.writeString(place.resolve("target"), "as it was");
    Path link = Files.createSymbolicLink(place.resolve("link"), target);
    files.write(link, bytes("x"));
    assertThat(target).hasContent("as it was");
    assertThat(link).isRegularFile().hasContent("x");
    assertThat(Files.isSymbolicLink(link)).isFalse();
  }
}
