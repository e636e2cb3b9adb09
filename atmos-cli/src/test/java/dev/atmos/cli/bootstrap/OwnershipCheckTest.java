package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Private files on a real file system, in places that others have had a hand in. */
@DisabledOnOs(OS.WINDOWS)
class OwnershipCheckTest {
  private static final int NOBODY = 65_534;
  private static final int STRANGER = 4_242;

  @TempDir private Path root;

  private final OwnerOnlyFiles files = new OwnerOnlyFiles(new PlainFileReader());
  private Path directory = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void writeAFile() throws IOException {
    directory = root.resolve("atmos/auth");
    file = directory.resolve("entry");
    files.write(file, bytes("old"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void chmod(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private String read() throws IOException {
    return files
        .read(file, 100)
        .map(content -> new String(content, StandardCharsets.UTF_8))
        .orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rwxr-xr-x"})
  void file_thatOthersCanRead_isClosedToThem(String mode) throws IOException {
    chmod(file, mode);
    assertThat(read()).isEqualTo("old");
    assertThat(mode(file)).startsWith("rw").endsWith("------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-rw-", "rw--w----", "rw-----w-"})
  void file_thatOthersCanWrite_isNotRead_andMadeAnew(String mode) throws IOException {
    chmod(file, mode);
    assertThatThrownBy(this::read).hasMessage("can be written by other users");
    files.write(file, bytes("new"));
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(read()).isEqualTo("new");
  }

  @Test
  void directory_thatOthersCanRead_isClosedToThem() throws IOException {
    chmod(directory, "rwxr-xr-x");
    assertThat(read()).isEqualTo("old");
    files.write(file, bytes("new"));
    assertThat(mode(directory)).isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwx----wx"})
  void directory_thatOthersCanChange_isRefused(String mode) throws IOException {
    chmod(directory, mode);
    assertThatThrownBy(this::read)
        .hasMessage("is in a directory that can be changed by other users");
    assertThatThrownBy(() -> files.write(file, bytes("new")))
        .isInstanceOf(IOException.class)
        .hasMessage(directory + " can be changed by other users");
    assertThat(file).hasContent("old");
    assertThat(mode(directory)).isEqualTo(mode);
  }

  @Test
  void directoryAbove_thatAllCanChange_isRefused_butForASticky() throws IOException {
    Path above = root.resolve("atmos");
    chmod(above, "rwxrwxrwx");
    assertThatThrownBy(() -> files.write(file, bytes("new")))
        .hasMessage(above + " can be changed by other users");
    assertThatThrownBy(() -> files.write(above.resolve("new/deep/file"), bytes("new")))
        .hasMessage(above + " can be changed by other users");
    assertThat(above.resolve("new/deep/file")).doesNotExist();
    Files.setAttribute(above, "unix:mode", 01777);
    files.write(file, bytes("new"));
    assertThat(file).hasContent("new");
    // With a group of one's own, and the mask that goes with it, this is what home looks like.
    chmod(above, "rwxrwxr-x");
    files.write(file, bytes("newer"));
    assertThat(file).hasContent("newer");
  }

  /** As root, with somebody else's; otherwise, with what is ours, seen by somebody else. */
  @ParameterizedTest
  @CsvSource({
    "atmos/auth/entry, belongs to another user, ''",
    "atmos/auth, is in a directory that belongs to another user, belongs to another user",
    "atmos, '', belongs to another user"
  })
  void place_ofAnotherUser_isRefused(String place, String onRead, String onWrite)
      throws IOException {
    int self = (Integer) Files.getAttribute(file, "unix:uid");
    if (self == 0) {
      Files.setAttribute(root.resolve(place), "unix:uid", NOBODY);
      assertRefused(self, onRead, onWrite);
    } else {
      // All of it is the stranger's then, so that the file is what is seen first.
      assertThatThrownBy(() -> OwnershipCheck.admits(file, STRANGER))
          .hasMessage("belongs to another user");
      assertThatThrownBy(() -> OwnershipCheck.close(directory, STRANGER))
          .hasMessageContaining("belongs to another user");
    }
    assertThat(file).hasContent("old");
  }

  private void assertRefused(int self, String onRead, String onWrite) throws IOException {
    if (onRead.isEmpty()) {
      assertThat(OwnershipCheck.admits(file, self)).isTrue();
    } else {
      assertThatThrownBy(() -> OwnershipCheck.admits(file, self)).hasMessage(onRead);
    }
    if (onWrite.isEmpty()) {
      OwnershipCheck.close(directory, self);
    } else {
      assertThatThrownBy(() -> OwnershipCheck.close(directory, self)).hasMessageEndingWith(onWrite);
    }
  }

  @Test
  void links_inPlaceOfAFile_areNotFollowed() throws IOException {
    Path canary = Files.writeString(root.resolve("canary"), "untouched");
    chmod(canary, "rw-r--r--");
    Files.delete(file);
    Files.createSymbolicLink(file, canary);
    assertThatThrownBy(this::read).hasMessage("is a link, which is not followed here");
    files.write(file, bytes("new"));
    assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(canary).hasContent("untouched");
    assertThat(mode(canary)).isEqualTo("rw-r--r--");
    Files.delete(file);
    Files.createSymbolicLink(file, root.resolve("nothing"));
    assertThatThrownBy(this::read).hasMessage("is a link, which is not followed here");
  }

  @Test
  void directory_thatIsReachedByALink_isTheOneItLeadsTo() throws IOException {
    Path elsewhere = Files.createDirectories(root.resolve("open/elsewhere"));
    Path link = Files.createSymbolicLink(root.resolve("link"), elsewhere);
    files.write(link.resolve("entry"), bytes("through"));
    assertThat(elsewhere.resolve("entry")).hasContent("through");
    chmod(root.resolve("open"), "rwxrwxrwx");
    assertThatThrownBy(() -> files.write(link.resolve("entry"), bytes("new")))
        .hasMessageEndingWith("open can be changed by other users");
  }

  @Test
  void place_withoutAFile_isEmpty() throws IOException {
    assertThat(files.read(directory.resolve("none"), 100)).isEmpty();
    assertThat(files.read(directory.resolve("none/deeper"), 100)).isEmpty();
    assertThat(files.read(file.resolve("below"), 100)).isEmpty();
    assertThatThrownBy(() -> files.read(directory, 100)).hasMessage("is not a file");
    assertThatThrownBy(() -> files.read(file, 2)).hasMessage("larger than 2 bytes");
  }
}
