package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atmos.text.ShellQuoting;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
final class AtomicUserFilesTest {
  private static final int SELF = 1001;
  private static final int OTHER = 1002;

  @TempDir Path temporary;
  private Path place;

  private final AtomicUserFiles files = new AtomicUserFiles();

  @BeforeEach
  void realPlace() throws IOException {
    place = temporary.toRealPath();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static Path give(Path path, int user) throws IOException {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(path.getParent(), "unix:uid")),
        "only root can give files to others");
    Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
    return path;
  }

  private void assertRefused(Path path, String message) {
    assertThatThrownBy(() -> files.requireWritable(path)).hasMessage(message);
    assertThatThrownBy(() -> files.read(path, 10)).hasMessage(message);
    assertThatThrownBy(() -> files.append(path, bytes("x"))).hasMessage(message);
    assertThatThrownBy(() -> files.replace(path, bytes("x"))).hasMessage(message);
  }

  @Test
  @Timeout(20)
  void pipeSocketAndDirectory_areNoPlainFiles() throws Exception {
    Path pipe = place.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    assertRefused(pipe, "isn't a plain file");
    assertRefused(Files.createSymbolicLink(place.resolve("link"), pipe), "isn't a plain file");
    assertRefused(Files.createDirectory(place.resolve("directory")), "isn't a plain file");
    Path socket = place.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertRefused(socket, "isn't a plain file");
    }
  }

  @Test
  void device_isWritten() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "there is no /dev/null");
    files.append(device, bytes("x"));
    files.replace(device, bytes("x"));
    assertThat(files.read(device, 10)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1001, true", "0, true", "1002, false"})
  void fileInTheWay_hasToBeOfTheUserOrRoot(int owner, boolean taken) throws IOException {
    Path file = give(Files.writeString(place.resolve("file"), "old"), owner);
    if (taken) {
      OwnershipCheck.requireOwn(file, SELF);
    } else {
      assertThatThrownBy(() -> OwnershipCheck.requireOwn(file, SELF))
          .hasMessage("it belongs to another user (1002); name a file of your own");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, SELF})
  void linkOfAnotherUser_isNotFollowed(int self) throws IOException {
    Path own = Files.createDirectory(place.resolve("own"));
    Path link = give(Files.createSymbolicLink(place.resolve("link"), own), OTHER);
    assertThatThrownBy(() -> OwnershipCheck.requireOwn(link.resolve("new/file"), self))
        .hasMessage(link + " belongs to another user (1002); name a file of your own");
    give(link, self);
    OwnershipCheck.requireOwn(link.resolve("new/file"), self);
  }

  @Test
  void directory_ofAnotherUser_isNoPlaceForAFileButForRoot() throws IOException {
    Path above = give(Files.createDirectory(place.resolve("above")), OTHER);
    Path file = Files.createDirectory(above.resolve("own")).resolve("file");
    assertThatThrownBy(() -> OwnershipCheck.requireOwn(file, SELF))
        .hasMessage(
            above + " belongs to another user (1002); name a file in a directory of your own");
    OwnershipCheck.requireOwn(file, 0);
  }

  @Test
  void link_thatTookThePlaceOfAFileOrItsDirectory_isNotFollowed() throws IOException {
    Path target = Files.createDirectory(place.resolve("target"));
    Path kept = Files.writeString(target.resolve("file"), "kept");
    Path link = Files.createSymbolicLink(place.resolve("link"), target);
    Path file = Files.createSymbolicLink(place.resolve("file"), kept);
    for (Path path : List.of(link.resolve("file"), file)) {
      for (boolean append : List.of(true, false)) {
        assertThatThrownBy(() -> AtomicUserFiles.overwrite(path, bytes("x"), append))
            .isInstanceOf(IOException.class);
      }
    }
    assertThat(kept).hasContent("kept");
    AtomicUserFiles.overwrite(kept, bytes("+"), true);
    assertThat(kept).hasContent("kept+");
    AtomicUserFiles.overwrite(kept, bytes("new"), false);
    assertThat(kept).hasContent("new");
  }

  @Test
  void secret_isNotWrittenWhereOthersCanExchangeTheFile() throws IOException {
    Path open = Files.createDirectory(place.resolve("open"));
    Path file = Files.writeString(open.resolve("file"), "x");
    files.protect(file);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    for (Path path : List.of(file, open.resolve("new"))) {
      assertThatThrownBy(() -> files.protect(path))
          .hasMessage(
              open
                  + " can be changed by other users (mode 0777); run: chmod go-w "
                  + ShellQuoting.path(open));
    }
  }

  @Test
  void root_writesAFileOfAUserInADirectoryOfThatUser() throws IOException {
    Path project = Files.createDirectory(place.resolve("project"));
    Path file = give(Files.writeString(project.resolve(".env"), "old"), OTHER);
    assertRefused(file, "it belongs to another user (1002); name a file of your own");
    give(project, OTHER);
    files.replace(file, bytes("new"));
    assertThat(file).hasContent("new");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(OTHER);
  }

  @Test
  void linkToNothing_isRefused() throws IOException {
    Path link = Files.createSymbolicLink(place.resolve("link"), Path.of("target"));
    assertThatThrownBy(() -> files.replace(link, bytes("x"))).hasMessage("is a link to nothing");
    assertThatThrownBy(() -> files.append(link, bytes("x"))).hasMessage("is a link to nothing");
    assertThat(place.resolve("target")).doesNotExist();
  }

  @Test
  void newFile_isTheOwnersAndUsable() throws IOException {
    files.append(place.resolve("new"), bytes("a"));
    files.append(place.resolve("new"), bytes("b"));
    assertThat(place.resolve("new")).hasContent("ab");
    assertThat(mode(place.resolve("new"))).isEqualTo("rw-------");
  }

  @Test
  void fileThatOthersMayRead_isProtectedThroughItsLinkToo() throws IOException {
    Path file = Files.writeString(place.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
    Path link = Files.createSymbolicLink(place.resolve("link"), file);
    files.protect(link);
    assertThat(mode(file)).isEqualTo("rw-------");
    files.replace(link, bytes("new"));
    assertThat(mode(file)).isEqualTo("rw-------");
    files.protect(place.resolve("missing"));
    assertThat(place.resolve("missing")).doesNotExist();
  }

  @Test
  void failure_saysTheReasonAndNoPath() throws IOException {
    Path file = Files.writeString(place.resolve("file"), "x");
    assertThatThrownBy(() -> files.replace(place.resolve("missing/file"), bytes("x")))
        .hasMessage("no such file or directory");
    assertThatThrownBy(() -> files.append(file.resolve("below"), bytes("x")))
        .hasMessage("not a directory");
  }
}
