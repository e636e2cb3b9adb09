package dev.atmos.kubeconfig.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.kubeconfig.plan.Access;
import dev.atmos.kubeconfig.plan.Corpus;
import dev.atmos.kubeconfig.plan.Planner;
import dev.atmos.kubeconfig.plan.Plans;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that take no lock, truncate the kubeconfig and write it again; step by step. */
class CarelessWritersTest {
  private static final KubeconfigChange ADD = Plans.add(Access.to("demo"));
  private static final String OLD = Corpus.text("kubectl-1.32.yaml");
  private static final String THEIRS = OLD + "# and theirs\n";

  private final FakeServices services = new FakeServices();
  private final Path file = services.directories().write("/home/dev/.kube/config", OLD);
  private @Nullable SeekableByteChannel opened;

  /** A disk on which another program acts right before and right after we write the file. */
  private class Disk extends FileOperations {
    private final boolean inPlace;
    private final Runnable before;
    private final Runnable after;
    private int writes;

    Disk(boolean inPlace, Runnable before, Runnable after) {
      this.inPlace = inPlace;
      this.before = before;
      this.after = after;
    }

    /** Acts at the first write only. */
    private void step(Path target, Runnable action) {
      if (target.equals(file) && writes == 0) {
        action.run();
      }
    }

    @Override
    @Nullable Attributes attributes(Path path) throws IOException {
      Attributes real = super.attributes(path);
      return real == null || !inPlace
          ? real
          : new Attributes(real.regular(), real.mode(), real.owner(), real.group(), 2);
    }

    @Override
    void replace(Path from, Path target) throws IOException {
      step(target, before);
      super.replace(from, target);
      step(target, after);
      writes += target.equals(file) ? 1 : 0;
    }

    @Override
    void write(Path target, byte[] content) throws IOException {
      step(target, before);
      super.write(target, content);
      step(target, after);
      writes += target.equals(file) ? 1 : 0;
    }
  }

  private void age(Duration age) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(services.clock().instant().minus(age)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Truncates the file, and keeps it open. */
  private void open() {
    try {
      opened =
          Files.newByteChannel(
              file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
      age(Duration.ZERO);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void openWithoutTruncating() {
    try {
      opened = Files.newByteChannel(file, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes into what was opened. */
  private void finish(String text) {
    try (SeekableByteChannel channel = opened) {
      if (channel != null) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        channel.write(ByteBuffer.wrap(bytes));
        channel.truncate(bytes.length);
      }
      opened = null;
      age(Duration.ZERO);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void apply(FileOperations disk) {
    FailingFileOperations.apply(disk, services, ADD);
  }

  /** Unless it is a directory, as our lock is. */
  private static void deleteFile(Path path) {
    try {
      if (Files.isRegularFile(path)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How long we have waited. */
  private Duration waited() {
    return services.sleeper().taken().stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** What happens when we have waited for so long. */
  private void after(int millis, Runnable action) {
    services
        .sleeper()
        .during(() -> {
          if (waited().toMillis() == millis) {
            action.run();
          }
        });
  }

  private void assertThatItHolds(String before) throws Exception {
    assertThat(Files.readString(file)).isEqualTo(Plans.after(ADD, before));
    try (var names = Files.list(file.resolveSibling(""))) {
      assertThat(names).containsExactly(file);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void file_thatNobodyWrites_isNotWaitedFor(boolean inPlace) throws Exception {
    age(Duration.ofSeconds(2));
    apply(new Disk(inPlace, () -> {}, () -> {}));
    // What we have written ourselves is whole.
    FailingFileOperations.apply(
        new Disk(inPlace, () -> {}, () -> {}), services, Plans.add(Access.to("other")));

    assertThat(services.sleeper().taken()).isEmpty();
    assertThat(Files.readString(file)).contains("cluster/demo", "cluster/other");
  }

  @Test
  void file_thatIsEmpty_isReadUntilItIsWritten() throws Exception {
    open();
    after(200, () -> finish(THEIRS));

    apply(new Disk(false, () -> {}, () -> {}));

    assertThatItHolds(THEIRS);
  }

  @Test
  void file_thatIsHalfWritten_isReadUntilItIsWhole() throws Exception {
    services.directories().write(file.toString(), OLD.substring(0, OLD.length() / 2));
    age(Duration.ofMillis(200));
    openWithoutTruncating();
    after(60, () -> finish(THEIRS));

    apply(new Disk(false, () -> {}, () -> {}));

    assertThatItHolds(THEIRS);
  }

  @Test
  void plan_ofAFileThatIsEmpty_isMadeWhenItIsWritten() throws Exception {
    open();
    after(200, () -> finish(THEIRS));

    String planned =
        new KubeconfigFiles(
                new KubeconfigLock.Ports(
                    new FileOperations(),
                    services.userFiles(),
                    services.processes(),
                    services.sleeper(),
                    services.clock()))
            .plan(Planner.of(ADD, command -> false), List.of(file))
            .files()
            .getFirst()
            .preview()
            .reveal();

    assertThat(planned).isEqualTo(Plans.after(ADD, THEIRS));
  }

  @Test
  void file_thatIsAndStaysEmpty_isAnEmptyKubeconfig() throws Exception {
    services.directories().write(file.toString(), "");
    age(Duration.ofHours(1));

    apply(new Disk(false, () -> {}, () -> {}));

    assertThat(waited()).isEqualTo(Duration.ofMillis(300));
    assertThatItHolds("");
  }

  @Test
  void writer_thatNeverRests_makesUsGiveUpAndNothingIsWritten() throws IOException {
    age(Duration.ZERO);
    services
        .sleeper()
        .during(() -> {
          if (waited().toMillis() % 140 == 0) {
            services
                .directories()
                .write(file.toString(), waited().toMillis() % 280 == 0 ? OLD : "");
            age(Duration.ZERO);
          }
        });

    assertThatThrownBy(() -> apply(new Disk(false, () -> {}, () -> {})))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
              assertThat(e.sentence())
                  .isEqualTo("another program keeps changing " + file + ", so it wasn't written");
            });

    assertThat(Files.readString(file)).isIn("", OLD);
    assertThat(waited()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({"false, 20", "false, 280", "true, 20", "true, 280"})
  void writer_thatHadTheFileOpen_isMergedIntoWhenItWrites(boolean inPlace, int millis)
      throws Exception {
    age(Duration.ofMillis(1900));
    openWithoutTruncating();
    after(millis, () -> finish(THEIRS));

    apply(new Disk(inPlace, () -> {}, () -> {}));

    assertThatItHolds(THEIRS);
    assertThat(waited().toMillis()).isBetween(millis + 300L, millis + 640L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void writer_thatTruncatesRightBeforeWeWrite_isMergedInto(boolean inPlace) throws Exception {
    age(Duration.ofHours(1));
    after(160, () -> finish(THEIRS));

    apply(new Disk(inPlace, this::open, () -> {}));

    if (inPlace) {
      // Both have written into one file: what stood in it before is still there.
      assertThat(Files.readString(file)).contains("cluster/demo").startsWith(OLD.substring(0, 40));
    } else {
      assertThatItHolds(THEIRS);
    }
  }

  @Test
  void writer_thatWritesWhileWePrepare_isPlannedOn() throws Exception {
    age(Duration.ofHours(1));
    Disk disk =
        new Disk(true, () -> {}, () -> {}) {
          private boolean done;

          @Override
          boolean create(Path path) throws IOException {
            if (path.toString().endsWith(".part") && !done) {
              done = true;
              CarelessWritersTest.this.open();
              finish(THEIRS);
            }
            return super.create(path);
          }
        };

    apply(disk);

    assertThatItHolds(THEIRS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "clusters: ["})
  void writer_thatNeverFinishes_leavesUsWithWhatWasThere(String half) throws Exception {
    age(Duration.ofHours(1));

    apply(
        new Disk(
            false,
            this::open,
            () -> {
              finish(half);
              age(Duration.ZERO);
            }));

    assertThatItHolds(OLD);
  }

  @Test
  void writer_whoseContentHasOursAlready_isWrittenAsItIs() throws Exception {
    age(Duration.ofSeconds(1));
    openWithoutTruncating();
    String all = Plans.after(ADD, THEIRS);
    after(100, () -> finish(all));

    apply(new Disk(false, () -> {}, () -> {}));

    assertThat(Files.readString(file)).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lock_thatIsRemovedWhileWePrepare_isTakenAgain(boolean kubectl) throws Exception {
    age(Duration.ofHours(1));
    Path lock = KubeconfigLock.of(file);
    if (kubectl) {
      services.sleeper().during(() -> deleteFile(lock));
    }
    FileOperations disk =
        new FileOperations() {
          private boolean done;

          @Override
          void mark(Path path) throws IOException {
            if (!done) {
              done = true;
              for (String name : List.copyOf(list(lock))) {
                delete(lock.resolve(name));
              }
              delete(lock);
              if (kubectl) {
                services.directories().write(lock.toString(), "");
              }
              services.directories().write(file.toString(), THEIRS);
            }
            super.mark(path);
          }
        };

    apply(disk);

    assertThatItHolds(THEIRS);
  }

  @Test
  void file_thatWouldGrowPastTheLimit_isLeft() throws Exception {
    age(Duration.ofHours(1));
    int limit = OLD.length() + 100;
    FileOperations disk =
        new FileOperations() {
          @Override
          int largest() {
            return limit;
          }
        };

    assertThatThrownBy(() -> apply(disk))
        .isInstanceOf(AtmosException.class)
        .hasMessage(
            file + " would become larger than 0 MiB, which is the limit, so it isn't written");
    assertThat(Files.readString(file)).isEqualTo(OLD);
  }

  @Test
  void file_thatIsWrittenBehindItsEnd_isReadToThatEnd() throws Exception {
    InputStream truncatedThenWritten =
        new InputStream() {
          private boolean ended;

          @Override
          public int read() {
            return ended ? 'x' : end();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return end();
          }

          private int end() {
            ended = true;
            return -1;
          }
        };

    assertThat(FileOperations.read(truncatedThenWritten, file, 100)).isEmpty();
  }
}
