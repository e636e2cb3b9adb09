package dev.atmos.kubeconfig.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.kubeconfig.plan.Access;
import dev.atmos.kubeconfig.plan.Plans;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.ProcessIdentity;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Races for a lock, step by step. */
class KubeconfigLockTest {
  private static final String OTHER = "77-1700000000-5-here";

  private final FakeServices context = new FakeServices();
  private final Path lock = context.directories().path("config.lock");
  private final List<String> done = new ArrayList<>();

  /** A disk on which something happens before and after a file is created for the first time. */
  private static FileOperations disk(Runnable before, Runnable after) {
    return new FileOperations() {
      private boolean again;

      @Override
      boolean create(Path file) throws IOException {
        if (again) {
          return super.create(file);
        }
        again = true;
        before.run();
        try {
          return super.create(file);
        } finally {
          after.run();
        }
      }
    };
  }

  /** A disk on which something happens right before a file is written. */
  private static FileOperations disk(Path path, Runnable before) {
    return new FileOperations() {
      @Override
      void write(Path file, byte[] content) throws IOException {
        if (file.equals(path)) {
          before.run();
        }
        super.write(file, content);
      }
    };
  }

  private KubeconfigLock take(FileOperations disk) throws IOException {
    return KubeconfigLock.take(
        new KubeconfigLock.Ports(
            disk, context.userFiles(), context.processes(), context.sleeper(), context.clock()),
        lock);
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void create(Path directory) {
    try {
      Files.createDirectory(directory);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void lock_ofAnotherUser_isRefusedAtOnceAndStaysEmpty() throws IOException {
    create(lock);
    context.userFiles().belongsToOthers(lock);
    assertThatThrownBy(() -> take(new FileOperations()))
        .hasMessage(lock + " belongs to another user, who keeps the kubeconfig locked");
    assertThat(context.sleeper().taken()).isEmpty();
    assertThat(lock).isEmptyDirectory();
  }

  @Test
  void lock_thatAnotherUserMakesBeforeTheToken_isNotUsed() throws IOException {
    FileOperations disk =
        disk(
            () -> {
              delete(lock);
              create(lock);
              context.userFiles().belongsToOthers(lock);
            },
            () -> {});
    assertThatThrownBy(() -> take(disk)).hasMessageContaining(" belongs to another user, ");
    assertThat(lock).doesNotExist();
  }

  @Test
  void directory_thatGoesAndComesWhileTheTokenIsMade_isTriedAgain() throws IOException {
    KubeconfigLock taken = take(disk(() -> delete(lock), () -> create(lock)));

    assertThat(Files.exists(taken.token())).isTrue();
    assertThat(context.sleeper().taken()).hasSize(1);
    taken.release();
    assertThat(Files.exists(lock)).isFalse();
  }

  @Test
  void token_thatIsThereBesideOurs_makesUsWithdraw() throws IOException {
    ProcessIdentity other =
        new ProcessIdentity(77, Instant.ofEpochSecond(1_700_000_000, 5), "here");
    context.processes().running(other);
    context
        .sleeper()
        .during(() -> {
          assertThat(lock.resolve(OTHER)).exists();
          try (var names = Files.list(lock)) {
            assertThat(names).hasSize(1);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          delete(lock.resolve(OTHER));
        });

    KubeconfigLock taken =
        take(disk(() -> context.directories().write("config.lock/" + OTHER, ""), () -> {}));

    assertThat(context.sleeper().taken()).hasSize(1);
    assertThat(Files.exists(taken.token())).isTrue();
  }

  @Test
  void token_ofOneWhoWaits_isTouchedEachSecond() throws IOException {
    try (KubeconfigLocks locks =
        new KubeconfigLocks(
            new KubeconfigLock.Ports(
                new FileOperations(),
                context.userFiles(),
                context.processes(),
                context.sleeper(),
                context.clock()))) {
      locks.take(lock.resolveSibling("config"));
      Path token = lock.resolve("4711-1736942399-0-here");
      FileTime before = Files.getLastModifiedTime(token);

      locks.pause(Duration.ofMillis(900));
      assertThat(Files.getLastModifiedTime(token)).isEqualTo(before);

      locks.pause(Duration.ofMillis(100));
      assertThat(Files.getLastModifiedTime(token).toInstant()).isEqualTo(context.clock().instant());
    }
    assertThat(Files.exists(lock)).isFalse();
  }

  @Test
  void lock_thatIsGivenBackWhileAnotherWaits_keepsTheOthersToken() throws IOException {
    KubeconfigLock taken = take(new FileOperations());
    Path waiting = context.directories().write("config.lock/" + OTHER, "");

    taken.release();

    assertThat(Files.exists(waiting)).isTrue();
    assertThat(Files.exists(taken.token())).isFalse();
  }

  @Test
  void lock_thatHasBecomeKubectls_isLeft() throws IOException {
    KubeconfigLock taken = take(new FileOperations());
    delete(taken.token());
    delete(lock);
    context.directories().write("config.lock", "");

    taken.release();

    assertThat(Files.isRegularFile(lock)).isTrue();
  }

  @Test
  void interrupt_ofWhoHoldsTheLock_givesItBackAndNothingIsDoneAfterwards() throws IOException {
    KubeconfigLock taken = take(new FileOperations());

    context.processes().interrupt();

    assertThat(Files.exists(lock)).isFalse();
    assertThatThrownBy(() -> taken.hold(() -> done.add("written")))
        .isInstanceOfSatisfying(
            AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
    assertThat(done).isEmpty();
    taken.release();
  }

  @Test
  void interrupt_ofWhoWaitsForKubectl_leavesKubectlsLock() throws IOException {
    context.directories().write("config.lock", "");
    context.sleeper().during(() -> context.processes().interrupt());

    assertThatThrownBy(() -> take(new FileOperations()))
        .isInstanceOfSatisfying(
            AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));

    assertThat(Files.exists(lock)).isTrue();
    assertThat(context.sleeper().taken()).hasSize(1);
  }

  @Test
  void interrupt_whileAFileIsWrittenInPlace_waitsUntilItIsWhole() throws Exception {
    Path file = context.directories().write("/home/dev/.kube/config", "");
    List<Thread> threads = new ArrayList<>();
    FileOperations disk =
        new FailingFileOperations(
            disk(
                file,
                () -> {
                  Thread other = new Thread(() -> context.processes().interrupt());
                  other.start();
                  threads.add(other);
                  while (other.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                  }
                  try (var names = Files.list(KubeconfigLock.of(file))) {
                    assertThat(names).hasSize(3);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                }),
            -1,
            null,
            true);

    FailingFileOperations.apply(disk, context, Plans.add(Access.to("demo")));

    threads.getFirst().join();
    assertThat(Files.readString(file)).isEqualTo(Plans.after(Plans.add(Access.to("demo")), ""));
    assertThat(Files.exists(KubeconfigLock.of(file))).isFalse();
  }

  @Test
  void interrupt_afterTheLockWasGivenBack_findsNothingToDo() throws IOException {
    take(new FileOperations()).release();

    assertThat(context.processes().toDoOnInterrupt()).isZero();
  }
}
