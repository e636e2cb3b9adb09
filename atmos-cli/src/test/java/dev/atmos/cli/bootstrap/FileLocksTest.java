package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.testkit.FakeClock;
import dev.atmos.services.testing.FakeSleeper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileLocksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FakeSleeper pauses = new FakeSleeper(new FakeClock(Instant.EPOCH));
  private LongFunction<Optional<Duration>> work = pid -> Optional.empty();
  private final FileLocks locks = new FileLocks(pauses, pid -> work.apply(pid));

  @Test
  void lock_ofManyThreads_letsOneInAtATime(@TempDir Path directory) {
    List<Integer> counted = new ArrayList<>();
    List<Supplier<Integer>> actions = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      actions.add(() ->
          locks.exclusively(
              directory.resolve("lock"),
              "the count",
              Duration.ofMinutes(1),
              () -> {
                // A list that isn't made for threads: two at once would lose a number.
                counted.add(counted.size());
                return counted.size();
              }));
    }
    new ThreadTasks().all(actions, 16);
    assertThat(counted).hasSize(50).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void lock_thatIsMade_isForItsOwnerOnly(@TempDir Path root) throws IOException {
    Path file = root.resolve("new/lock");
    assertThat(locks.<String>exclusively(file, "it", PATIENCE, () -> "done")).isEqualTo("done");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("new"))))
        .isEqualTo("rwx------");
    assertThat(file).hasContent(Long.toString(ProcessHandle.current().pid()));
  }

  @Test
  void lock_thatSomebodyKeeps_isGivenUpWithHisNumber(@TempDir Path root) throws IOException {
    Path file = Files.writeString(root.resolve("lock"), "4242");
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThatThrownBy(() -> locks.exclusively(file, "the sign-in of corp", PATIENCE, () -> 1))
          .isInstanceOfSatisfying(
              AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
          .hasMessage("gave up waiting for the sign-in of corp: process 4242 holds " + file);
      assertThat(pauses.uptime()).isBetween(PATIENCE, PATIENCE.plusSeconds(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "4, 10", "6, 40"})
  void lock_whoseHolderIsAtWork_isWaitedForLonger(
      int millisecondsPerSecond, int seconds, @TempDir Path root) throws IOException {
    Path file = Files.writeString(root.resolve("lock"), "4242 1");
    work =
        pid -> {
          assertThat(pid).isEqualTo(4242);
          return Optional.of(
              Duration.ofMillis(pauses.uptime().toMillis() * millisecondsPerSecond / 1000 * 3));
        };
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThatThrownBy(() -> locks.exclusively(file, "it", PATIENCE, () -> 1))
          .hasMessageStartingWith("gave up waiting for it: process 4242");
      assertThat(pauses.uptime().toSeconds()).isEqualTo(seconds);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "99999999999999999999", "-1"})
  void lock_whoseNoteIsMalformed_isGivenUp(String note, @TempDir Path root) throws IOException {
    Path file = Files.writeString(root.resolve("lock"), note);
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThatThrownBy(() -> locks.exclusively(file, "it", PATIENCE, () -> 1))
          .hasMessageStartingWith("gave up waiting for it: ");
    }
  }

  /** Another user who can open a lock keeps it for as long as he likes. */
  @ParameterizedTest
  @ValueSource(strings = {"state", "state/locks", "state/locks/lock"})
  @DisabledOnOs(OS.WINDOWS)
  void lock_thatAllCanOpen_isNotWaitedFor(String part, @TempDir Path root) throws IOException {
    Path file = root.resolve("state/locks/lock");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "4242");
    Path open = root.resolve(part);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      assertThat(held.isValid()).isTrue();
      for (Path each : List.of(file, file.resolveSibling("new/lock"))) {
        if (each.equals(file) || !open.equals(file)) {
          assertUnsafe(each, open);
        }
      }
      assertThat(pauses.uptime()).isZero();
      assertThat(file.resolveSibling("new")).doesNotExist();
    }
  }

  private void assertUnsafe(Path file, Path open) {
    assertThatThrownBy(() -> locks.exclusively(file, "the sign-in of corp", PATIENCE, () -> 1))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.hint()).contains("run: chmod go-w " + open);
            })
        .hasMessage(
            "can't lock the sign-in of corp: "
                + open
                + " can be changed by other users (mode 0777)");
  }

  @Test
  void lock_whoseHoldersFollowEachOther_isWaitedForAnew(@TempDir Path root) throws IOException {
    Path file = Files.writeString(root.resolve("lock"), "1");
    FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
    FileLock held = other.lock();
    pauses.during(() -> {
      try {
        long seconds = pauses.uptime().toSeconds();
        if (seconds < 25) {
          Files.writeString(file, Long.toString(seconds / 5));
        } else if (held.isValid()) {
          held.release();
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    });
    assertThat(locks.<Integer>exclusively(file, "it", PATIENCE, () -> 1)).isEqualTo(1);
    assertThat(pauses.uptime()).isGreaterThan(PATIENCE.multipliedBy(2));
    other.close();
  }

  @Test
  void lock_whereNothingCanBeWritten_saysWhyAndWhatHelps(@TempDir Path root) throws IOException {
    Path file = Files.writeString(root.resolve("file"), "x");
    Path lock = file.resolve("state/lock");
    assertThatThrownBy(() -> locks.exclusively(lock, "it", PATIENCE, () -> 1))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
              assertThat(e.sentence())
                  .isEqualTo("can't keep a sign-in in " + lock.getParent() + ": not a directory");
              assertThat(e.hint())
                  .hasValueSatisfying(h -> assertThat(h).contains("ATMOS_XDG_STATE_HOME"));
              assertThat(e).hasCauseInstanceOf(IOException.class);
            });
  }

  @Test
  void lock_belowADevice_asksForNoChangeOfTheDevice() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "there is no /dev/null");
    assertThatThrownBy(() -> locks.exclusively(device.resolve("a/lock"), "it", PATIENCE, () -> 1))
        .hasMessageContaining("can't keep a sign-in in /dev/null/a: not a directory");
  }

  @Test
  void progress_ofTheHolder_isSeenByThoseWhoWait(@TempDir Path root) throws IOException {
    Path file = root.resolve("lock");
    String self = Long.toString(ProcessHandle.current().pid());
    locks.exclusively(
        file,
        "it",
        PATIENCE,
        () -> {
          locks.progress();
          assertThat(file).hasContent(self + " 1");
          locks.progress();
          assertThat(file).hasContent(self + " 2");
          return true;
        });
  }

  @Test
  void holder_thatFailsForWantOfAnAnswer_failsForThoseWhoHaveWaitedForIt(@TempDir Path root)
      throws IOException {
    Path file = Files.writeString(root.resolve("lock"), "4242");
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock held = other.lock();
      pauses.during(() -> {
        try {
          Files.writeString(file, "4242 failed: AWS doesn't answer");
          held.release();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      });
      assertThatThrownBy(() -> locks.exclusively(file, "it", PATIENCE, () -> 1))
          .isInstanceOfSatisfying(
              AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
          .hasMessage("AWS doesn't answer");
    }
    pauses.during(() -> {});
    assertThat(locks.<Integer>exclusively(file, "it", PATIENCE, () -> 1)).isEqualTo(1);
  }

  @Test
  void failure_forWantOfAnAnswer_isWrittenForThoseWhoWait(@TempDir Path root) {
    Path file = root.resolve("lock");
    AtmosException failure = new AtmosException(ExitCode.UNAVAILABLE, "AWS doesn't answer");
    assertThatThrownBy(() ->
            locks.exclusively(
                file,
                "it",
                PATIENCE,
                () -> {
                  throw failure;
                }))
        .isSameAs(failure);
    assertThat(file).hasContent(ProcessHandle.current().pid() + " failed: AWS doesn't answer");
  }

  @Test
  void lock_inPlaceOfWhichALinkLies_isNotFollowed(@TempDir Path root) throws IOException {
    Path canary = Files.writeString(root.resolve("canary"), "untouched");
    Path link = Files.createSymbolicLink(root.resolve("lock"), canary);
    assertThatThrownBy(() -> locks.exclusively(link, "it", PATIENCE, () -> 1))
        .isInstanceOfSatisfying(
            AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED));
    assertThat(canary).hasContent("untouched");
  }

  @Test
  void action_thatFails_givesTheLockBack(@TempDir Path root) {
    Path file = root.resolve("lock");
    assertThatThrownBy(() ->
            locks.exclusively(
                file,
                "it",
                PATIENCE,
                () -> {
                  throw new IllegalStateException("failed");
                }))
        .hasMessage("failed");
    assertThat(locks.<Integer>exclusively(file, "it", PATIENCE, () -> 2)).isEqualTo(2);
  }
}
