package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that only root can have written, on a real file system. */
final class AdministeredFilesTest {
  private static final int LIMIT = 100;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid")),
        "only root can make root's files");
    file = Files.createDirectory(directory.resolve("atmos")).resolve("policy.yaml");
    Files.writeString(file, "x");
    mode(file, "rw-r--r--");
    mode(place(), "rwxr-xr-x");
  }

  private Path place() {
    return directory.resolve("atmos");
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private byte @Nullable [] read(Path path) throws IOException {
    return new AdministeredFiles().read(path, LIMIT, new PlainFileReader()).orElse(null);
  }

  private void refuses(Path path, String problem) {
    assertThatThrownBy(() -> read(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void file_ofRootAlone_isRead() throws IOException {
    assertThat(read(file)).asString().isEqualTo("x");
  }

  @Test
  void file_thatIsMissing_isEmpty() throws IOException {
    assertThat(read(file.resolveSibling("other"))).isNull();
    assertThat(read(directory.resolve("none/policy.yaml"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-", "rw--w--w-"})
  void file_thatOthersCanWrite_isRefused(String permissions) throws IOException {
    mode(file, permissions);
    refuses(file, "it can be written by other users than root");
  }

  @Test
  void file_ofAnotherUser_isRefused() throws IOException {
    Files.setAttribute(file, "unix:uid", 1001);
    refuses(file, "it doesn't belong to root");
  }

  @Test
  void directory_thatOthersCanChange_isRefused() throws IOException {
    mode(place(), "rwxrwxr-x");
    refuses(file, "its directory " + place() + " can be written by other users");
    mode(place(), "rwxr-xr-x");
    Files.setAttribute(place(), "unix:uid", 1001);
    refuses(file, "its directory " + place() + " doesn't belong to root");
  }

  @Test
  void link_toAFileOfRoot_isFollowed_andToAnyOtherRefused() throws IOException {
    Path link = directory.resolve("atmos/link.yaml");
    Files.createSymbolicLink(link, file);
    assertThat(read(link)).asString().isEqualTo("x");
    Path open = Files.createDirectory(directory.resolve("open"));
    mode(open, "rwxrwxrwx");
    Path elsewhere = Files.writeString(open.resolve("policy.yaml"), "y");
    Files.delete(link);
    Files.createSymbolicLink(link, elsewhere);
    refuses(link, "can be written by other users");
    Files.delete(elsewhere);
    refuses(link, "is a link to nothing");
  }

  @Test
  void directory_thatIsALinkToNothing_isRefused() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("none"));
    refuses(link.resolve("policy.yaml"), "its directory " + link + " is a link to nothing");
    Files.createDirectory(directory.resolve("none"));
    mode(directory.resolve("none"), "rwxr-xr-x");
    assertThat(read(link.resolve("policy.yaml"))).as("a directory without one").isNull();
  }

  @Test
  void link_inACircle_isRefusedWithThatReason() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("a"), directory.resolve("b"));
    Files.createSymbolicLink(directory.resolve("b"), link);
    refuses(link, "too many levels of symbolic links");
    refuses(link.resolve("policy.yaml"), "too many levels of symbolic links");
  }

  @Test
  void directory_inItsPlace_isRefused() throws IOException {
    refuses(place(), "is not a file");
  }
}
