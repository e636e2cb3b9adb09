package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atmos.cli.port.UnsafePlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
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

  private static String octal(Path path) throws IOException {
    return "0" + Integer.toOctalString((Integer) Files.getAttribute(path, "unix:mode") & 07777);
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
  void file_thatOthersCanWrite_isNotReadAndIsReplaced(String mode) throws IOException {
    chmod(file, mode);
    assertThatThrownBy(this::read)
        .hasMessage(
            "can be changed by other users (mode " + octal(file) + "); run: chmod go-w " + file);
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
    String problem = " can be changed by other users (mode " + octal(directory) + ")";
    assertThatThrownBy(this::read)
        .hasMessage("is in a directory that" + problem + "; run: chmod go-w " + directory);
    assertThatThrownBy(() -> files.write(file, bytes("new")))
        .isInstanceOf(IOException.class)
        .hasMessage(directory + problem + "; run: chmod go-w " + directory);
    assertThat(file).hasContent("old");
    assertThat(mode(directory)).isEqualTo(mode);
  }

  @Test
  void directoryAbove_thatAllCanChange_isRefused_butForASticky() throws IOException {
    Path above = root.resolve("atmos");
    chmod(above, "rwxrwxrwx");
    assertThatThrownBy(() -> files.write(file, bytes("new")))
        .hasMessage(above + " can be changed by other users (mode 0777); run: chmod go-w " + above);
    assertThatThrownBy(this::read)
        .hasMessageStartingWith("is below a place that isn't safe: " + above + " can be changed");
    assertThatThrownBy(() -> files.write(above.resolve("new/deep/file"), bytes("new")))
        .hasMessageStartingWith(above + " can be changed by other users (mode 0777)");
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
    "atmos/auth/entry, belongs to another user (65534); set HOME, ''",
    "atmos/auth, is in a directory that belongs to another user (65534), belongs to another user",
    "atmos, is below a place that isn't safe:, belongs to another user (65534); set HOME"
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
          .hasMessageStartingWith(
              "belongs to another user (" + self + "); set HOME to a directory of your own");
      assertThatThrownBy(() -> OwnershipCheck.close(directory, STRANGER))
          .hasMessageContaining("belongs to another user");
    }
    assertThat(file).hasContent("old");
  }

  private void assertRefused(int self, String onRead, String onWrite) throws IOException {
    if (onRead.isEmpty()) {
      assertThat(OwnershipCheck.admits(file, self)).isTrue();
    } else {
      assertThatThrownBy(() -> OwnershipCheck.admits(file, self)).hasMessageStartingWith(onRead);
    }
    if (onWrite.isEmpty()) {
      OwnershipCheck.close(directory, self);
    } else {
      assertThatThrownBy(() -> OwnershipCheck.close(directory, self)).hasMessageContaining(onWrite);
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
        .hasMessageContaining("open can be changed by other users (mode 0777)");
  }

  @Test
  void place_withoutAFile_isEmpty() throws IOException {
    assertThat(files.read(directory.resolve("none"), 100)).isEmpty();
    assertThat(files.read(directory.resolve("none/deeper"), 100)).isEmpty();
    assertThat(files.read(file.resolve("below"), 100)).isEmpty();
    assertThatThrownBy(() -> files.read(directory, 100)).hasMessage("isn't a plain file");
    assertThatThrownBy(() -> files.read(file, 2)).hasMessage("larger than 2 bytes");
  }

  private @Nullable String problem(Path path) throws IOException {
    UnsafePlace problem = OwnershipCheck.problem(path, self());
    return problem == null ? null : problem + " -> " + problem.cure();
  }

  private int self() throws IOException {
    return (Integer) Files.getAttribute(root, "unix:uid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"atmos", "atmos/auth", "atmos/auth/entry"})
  void path_ofWhichAllCanChangeAPart_isUnsafe(String part) throws IOException {
    Path open = root.resolve(part);
    assertThat(problem(file)).isNull();
    chmod(open, "rwxrwxrwx");
    assertThat(problem(file))
        .isEqualTo(open + " can be changed by other users (mode 0777) -> run: chmod go-w " + open);
    assertThat(problem(open.resolve("not/there"))).startsWith(open + " can be changed");
    assertThat(file).hasContent("old");
    assertThat(mode(open)).isEqualTo("rwxrwxrwx");
  }

  @Test
  void directory_thatIsSticky_isSafe_butNoFileIs() throws IOException {
    Files.setAttribute(root.resolve("atmos"), "unix:mode", 01777);
    assertThat(problem(file)).isNull();
    Files.setAttribute(file, "unix:mode", 01666);
    assertThat(problem(file)).startsWith(file + " can be changed by other users (mode 01666)");
  }

  /** The user's own group has the user's number; a home directory may be open to it. */
  @ParameterizedTest
  @CsvSource({"1001, 1001", "1001, 0", "0, 1001", "0, 0"})
  void directory_thatTheUsersOwnGroupCanChange_isSafe(int user, int group) throws IOException {
    assertGroup(user, group, true);
  }

  @ParameterizedTest
  @CsvSource({"1001, 100", "0, 50", "0, 20"})
  void directory_thatAnotherGroupCanChange_isUnsafe(int user, int group) throws IOException {
    assertGroup(user, group, false);
  }

  /** As the user 1001 sees it, in a home that is the user's. */
  private void assertGroup(int user, int group, boolean safe) throws IOException {
    assumeRoot();
    for (Path each = file; each != null && each.startsWith(root); each = each.getParent()) {
      Files.setAttribute(each, "unix:uid", 1001);
    }
    Path home = root.resolve("atmos");
    Files.setAttribute(home, "unix:uid", user);
    Files.setAttribute(home, "unix:gid", group);
    Files.setAttribute(home, "unix:mode", 02775);
    UnsafePlace problem = OwnershipCheck.problem(file, 1001);
    if (safe) {
      assertThat(problem).isNull();
      // What holds secrets may be below it, but not in it.
      OwnershipCheck.close(directory, 1001);
      assertThatThrownBy(() -> OwnershipCheck.close(home, 1001))
          .hasMessageContaining("can be changed by other users (mode 02775)");
    } else {
      assertThat(problem)
          .isEqualTo(
              new UnsafePlace(
                  home,
                  "can be changed by other users (mode 02775)",
                  "run: " + (user == 1001 ? "" : "sudo ") + "chmod go-w " + home));
      assertThatThrownBy(() -> OwnershipCheck.close(directory, 1001))
          .hasMessageContaining(home + " can be changed by other users (mode 02775)");
    }
  }

  private void assumeRoot() throws IOException {
    assumeTrue(self() == 0, "only root can give files to others");
  }

  @Test
  void path_ofAnotherUser_isUnsafe_andTheCureNeverTakesItOver() throws IOException {
    assumeRoot();
    Files.setAttribute(directory, "unix:uid", NOBODY);
    assertThat(problem(file))
        .isEqualTo(
            directory
                + " belongs to another user (65534) -> set HOME to a directory of"
                + " your own, or remove it if it should not be there");
  }

  @Test
  void link_isAsSafeAsItsDirectoryAndItsTarget() throws IOException {
    Path dotfiles = Files.createDirectories(root.resolve("dotfiles/deep"));
    Files.writeString(dotfiles.resolve("entry"), "linked");
    Path middle = Files.createDirectories(root.resolve("middle"));
    Files.createSymbolicLink(middle.resolve("hop"), Path.of("../dotfiles/./deep/../deep"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), middle.resolve("hop/entry"));
    assertThat(problem(link)).isNull();
    for (Path each : new Path[] {dotfiles, middle, dotfiles.resolve("entry"), directory}) {
      String before = mode(each);
      chmod(each, "rwxrwxrwx");
      // The directory in the middle is on neither the given path nor the real one.
      assertThat(problem(link)).startsWith(each + " can be changed by other users (mode 0777)");
      chmod(each, before);
    }
    assertThat(problem(link)).isNull();
    Path circle = root.resolve("circle");
    Files.createSymbolicLink(circle, circle);
    assertThat(new OwnershipCheck().problem(circle))
        .isEqualTo(new UnsafePlace(circle, "can't be checked: too many links", null));
  }

  @Test
  void link_ofAnotherUser_isUnsafe() throws IOException {
    assumeRoot();
    Files.setAttribute(root.resolve("atmos"), "unix:mode", 01777);
    Path link = Files.createSymbolicLink(root.resolve("atmos/link"), file);
    assertThat(problem(link)).isNull();
    Files.setAttribute(link, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    assertThat(problem(link)).startsWith(link + " belongs to another user (65534)");
  }

  /** Kubernetes mounts it for reading only, which can't be done here; the link tells it too. */
  @Test
  void configMap_whoseDirectoryAllCanChange_isSafe() throws IOException {
    assumeRoot();
    Path volume = Files.createDirectories(root.resolve("volume/..2026_01"));
    Files.writeString(volume.resolve("atmos.yaml"), "");
    chmod(root.resolve("volume"), "rwxrwxrwx");
    Path mounted = root.resolve("volume/atmos.yaml");
    Files.createSymbolicLink(mounted, Path.of("..data/atmos.yaml"));
    assertThat(problem(mounted)).isNotNull();
    Path data = Files.createSymbolicLink(root.resolve("volume/..data"), Path.of("..2026_01"));
    assertThat(problem(mounted)).isNull();
    Files.setAttribute(data, "unix:uid", STRANGER, LinkOption.NOFOLLOW_LINKS);
    assertThat(problem(mounted)).isNotNull();
  }

  @Test
  void digest_ofALargeFile_isItsSha256() throws IOException {
    Path large = Files.write(root.resolve("large"), new byte[1_000_000]);
    assertThat(new OwnershipCheck().sha256(large))
        .isEqualTo("d29751f2649b32ff572b5e0a9f541ea660a50f94ff0beedfb0b692b924cc8025");
    assertThatThrownBy(() -> new OwnershipCheck().sha256(root)).isInstanceOf(IOException.class);
  }
}
