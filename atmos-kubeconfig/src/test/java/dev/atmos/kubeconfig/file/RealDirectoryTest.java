package dev.atmos.kubeconfig.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atmos.kubeconfig.plan.Access;
import dev.atmos.kubeconfig.plan.Corpus;
import dev.atmos.kubeconfig.plan.Planner;
import dev.atmos.kubeconfig.plan.Plans;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a real file system can show. */
class RealDirectoryTest {
  private static final KubeconfigChange ADD = Plans.add(Access.to("demo"));
  private static final String OLD = Corpus.text("kubectl-1.32.yaml");

  @TempDir Path home;

  @BeforeEach
  void onPosix() {
    assumeTrue(
        home.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system has no modes");
  }

  private static KubeconfigPlan apply(Path... files) {
    return RealProcesses.files().apply(Planner.of(ADD, command -> false), List.of(files));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static Path write(Path file, String mode) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, OLD);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static void assertThatItIsAlone(Path file) throws IOException {
    try (Stream<Path> names = Files.list(file.resolveSibling(""))) {
      assertThat(names).containsExactly(file);
    }
  }

  @Test
  void newFile_andItsDirectories_areForTheirOwnerOnly() throws IOException {
    Path file = home.resolve(".kube/deep/config");

    apply(file);

    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(home.resolve(".kube"))).isEqualTo("rwx------");
    assertThat(mode(home.resolve(".kube/deep"))).isEqualTo("rwx------");
    assertThatItIsAlone(file);
  }

  @Test
  void newFile_withAModeThatWasAskedFor_hasIt() throws IOException {
    KubeconfigChange change =
        new KubeconfigChange(
            new KubeconfigTarget(null, null, FileMode.parse("0640")),
            List.of(),
            ADD.clusters(),
            ADD.update(),
            ADD.contextSwitch(),
            null,
            List.of());

    RealProcesses.files()
        .apply(Planner.of(change, command -> false), List.of(home.resolve("config")));

    assertThat(mode(home.resolve("config"))).isEqualTo("rw-r-----");
  }

  @ParameterizedTest
  @CsvSource({
    "rw-------, ",
    "rw-r-----, others can read",
    "rw-r--r--, others can read",
    "rw-rw-rw-, others can change",
  })
  void mode_ofAnExistingFile_isKeptAndSaid(String mode, @Nullable String warning)
      throws IOException {
    Path file = write(home.resolve("config"), mode);

    KubeconfigPlan plan = apply(file);

    assertThat(mode(file)).isEqualTo(mode);
    if (warning == null) {
      assertThat(plan.warnings()).isEmpty();
    } else {
      assertThat(plan.warnings()).singleElement().asString().startsWith(warning + " " + file);
    }
    assertThatItIsAlone(file);
  }

  @Test
  void file_thatItsOwnerHasMadeReadOnly_isLeft() throws IOException {
    Path file = write(home.resolve("config"), "r--------");

    assertThatThrownBy(() -> apply(file))
        .isInstanceOf(AtmosException.class)
        .hasMessage(file + " is read-only to its owner, so it isn't written");
    assertThat(Files.readString(file)).isEqualTo(OLD);
    assertThatItIsAlone(file);
  }

  @Test
  void file_inWhichNothingChanges_isNotTouched() throws IOException {
    Path file = write(home.resolve("config"), "rw-------");
    apply(file);
    FileTime before = FileTime.from(Instant.ofEpochSecond(1_000_000_000));
    Files.setLastModifiedTime(file, before);
    Object inode = Files.getAttribute(file, "unix:ino");

    assertThat(apply(file).isEmpty()).isTrue();

    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
  }

  @ParameterizedTest
  @CsvSource({
    "../dotfiles/kubeconfig, true",
    "../dotfiles/kubeconfig, false",
    "other, true",
    "other, false",
    "../dotfiles/not/yet/there, false",
  })
  void link_toAFile_staysOne(String target, boolean there) throws IOException {
    Path link = home.resolve(".kube/config");
    Files.createDirectories(link.resolveSibling(""));
    Files.createSymbolicLink(link, Path.of(target));
    Path file = link.resolveSibling(target);
    if (there) {
      write(file, "rw-------");
    }

    apply(link);

    assertThat(Files.readSymbolicLink(link)).hasToString(target);
    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(Files.readString(file)).isEqualTo(after(there ? OLD : null));
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(Files.exists(home.resolve(".kube/config.lock"))).isFalse();
    assertThat(Files.exists(KubeconfigLock.of(file))).isFalse();
  }

  private static String after(@Nullable String text) {
    try {
      return Plans.after(ADD, text);
    } catch (BrokenFileException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void links_thatLeadToEachOther_areSaid() throws IOException {
    Path link = home.resolve("config");
    Files.createSymbolicLink(link, Path.of("config2"));
    Files.createSymbolicLink(home.resolve("config2"), Path.of("config"));

    assertThatThrownBy(() -> apply(link))
        .isInstanceOf(AtmosException.class)
        .hasMessage("can't read " + link + ": too many links lead to each other");
  }

  @Test
  void hardLink_ofAFile_isNotBroken() throws IOException {
    Path file = write(home.resolve("kube/config"), "rw-r-----");
    Path other = Files.createLink(home.resolve("other"), file);

    apply(file);

    assertThat(Files.readString(other)).isEqualTo(after(OLD));
    assertThat(Files.isSameFile(file, other)).isTrue();
    assertThat(mode(file)).isEqualTo("rw-r-----");
    assertThatItIsAlone(file);
  }

  @Test
  void owner_ofAFile_staysThatUnderSudo() throws IOException {
    assumeTrue(Files.getAttribute(home, "unix:uid").equals(0), "only root can give a file away");
    Path file = write(home.resolve("config"), "rw-------");
    Files.setAttribute(file, "unix:uid", 4711);
    Files.setAttribute(file, "unix:gid", 4712);

    apply(file);

    assertThat(Files.readString(file)).isEqualTo(after(OLD));
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(4711);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(4712);
    assertThatItIsAlone(file);
  }

  @Test
  void group_ofAFile_stays() throws IOException {
    assumeTrue(Files.getAttribute(home, "unix:uid").equals(0), "only root can choose any group");
    Path file = write(home.resolve("config"), "rw-r-----");
    Files.setAttribute(file, "unix:gid", 4712);
    Object inode = Files.getAttribute(file, "unix:ino");

    apply(file);

    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(4712);
    assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(inode);
    assertThat(mode(file)).isEqualTo("rw-r-----");
  }

  @Test
  void directory_inTheListThatIsReadOnly_doesNotMatterUnlessItIsWritten() throws IOException {
    Path shared = write(home.resolve("shared/config"), "r--r--r--");
    Files.setPosixFilePermissions(
        shared.resolveSibling(""), PosixFilePermissions.fromString("r-xr-xr-x"));
    Path own = write(home.resolve("own/config"), "rw-------");

    assertThat(apply(own, shared).files()).hasSize(1);

    assertThatItIsAlone(shared);
    Files.setPosixFilePermissions(
        shared.resolveSibling(""), PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  @Timeout(20)
  void pipe_asAKubeconfig_isRefusedAtOnce() throws Exception {
    Path pipe = home.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);

    assertThatThrownBy(() -> apply(pipe))
        .isInstanceOf(AtmosException.class)
        .hasMessage("can't read " + pipe + ": isn't a plain file");
    assertThatItIsAlone(pipe);
  }

  @Test
  void device_asAKubeconfig_isReadAndNeverReplaced() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "there is no /dev/null");

    assertThatThrownBy(() -> apply(device))
        .isInstanceOf(AtmosException.class)
        .hasMessage("/dev/null isn't a plain file, so it isn't written");
    assertThat(Files.exists(Path.of("/dev/null.lock"))).isFalse();
  }
}
