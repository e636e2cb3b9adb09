package dev.atmos.kubeconfig.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.kubeconfig.file.FailingFileOperations.Fault;
import dev.atmos.kubeconfig.plan.Access;
import dev.atmos.kubeconfig.plan.Corpus;
import dev.atmos.kubeconfig.plan.Plans;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.system.ProcessIdentity;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation fails once, and the process dies at every one of them. */
class FailuresTest {
  private static final String OLD = Corpus.text("by-hand.yaml");

  /** What there is before. */
  enum Situation {
    NEW_FILE(null, false, false),
    EXISTING(OLD, false, false),
    LINK(OLD, true, false),
    LINK_TO_NOTHING(null, true, false),
    IN_PLACE(OLD, false, true);

    private final @Nullable String content;
    private final boolean link;
    private final boolean inPlace;

    Situation(@Nullable String content, boolean link, boolean inPlace) {
      this.content = content;
      this.link = link;
      this.inPlace = inPlace;
    }

    FakeFiles files() throws IOException {
      FakeFiles files = FakeFiles.unix();
      Files.createDirectories(files.path("/home/dev"));
      Path config = files.path("/home/dev/.kube/config");
      Path target = link ? files.path("/home/dev/dotfiles/kubeconfig") : config;
      if (link) {
        Files.createDirectories(files.path("/home/dev/.kube"));
        Files.createDirectories(files.path("/home/dev/dotfiles"));
        Files.createSymbolicLink(config, target);
      }
      if (content != null) {
        files.write(target.toString(), content);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
      }
      return files;
    }

    FailingFileOperations disk(int failing, @Nullable Fault fault) {
      return new FailingFileOperations(new FileOperations(), failing, fault, inPlace);
    }

    Path target(FakeFiles files) {
      return files.path(link ? "/home/dev/dotfiles/kubeconfig" : "/home/dev/.kube/config");
    }

    String expected() throws Exception {
      return Plans.after(Plans.add(Access.to("demo")), content);
    }
  }

  private static void apply(FileOperations disk, FakeServices context) {
    FailingFileOperations.apply(disk, context, Plans.add(Access.to("demo")));
  }

  private static int operations(Situation situation) throws Exception {
    FakeFiles files = situation.files();
    FailingFileOperations disk = situation.disk(-1, null);
    apply(disk, new FakeServices(files));
    assertThat(Files.readString(situation.target(files))).isEqualTo(situation.expected());
    return disk.operations().size();
  }

  private static List<String> litter(FakeFiles files) throws IOException {
    List<String> litter = new ArrayList<>();
    try (Stream<Path> all = Files.walk(files.path("/home/dev"))) {
      for (Path path : all.toList()) {
        String name = String.valueOf(path.getFileName());
        boolean lock = path.toString().contains(".lock");
        if (!Files.isDirectory(path)
            && !lock
            && !name.equals("config")
            && !name.equals("kubeconfig")) {
          litter.add(path.toString());
        }
      }
    }
    return litter;
  }

  private static List<String> locks(FakeFiles files) throws IOException {
    try (Stream<Path> all = Files.walk(files.path("/home/dev"))) {
      return all.map(Path::toString).filter(path -> path.endsWith(".lock")).toList();
    }
  }

  private static List<Path> backups(FakeFiles files) throws IOException {
    try (Stream<Path> all = Files.walk(files.path("/home/dev"))) {
      return all.filter(path -> path.toString().endsWith(".backup")).toList();
    }
  }

  private static @Nullable String content(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : null;
  }

  @ParameterizedTest
  @EnumSource
  void anyOperation_thatFails_leavesTheOldOrTheNewFileAndNoLitter(Situation situation)
      throws Exception {
    int operations = operations(situation);
    for (Fault fault : Fault.values()) {
      int failures = 0;
      for (int i = 0; i < operations; i++) {
        failures += failure(situation, i, fault) ? 1 : 0;
      }
      assertThat(failures).as(fault.name()).isGreaterThan(5);
    }
  }

  /** Lets an operation fail; returns whether the change failed with it. */
  private static boolean failure(Situation situation, int number, Fault fault) throws Exception {
    FakeFiles files = situation.files();
    FailingFileOperations disk = situation.disk(number, fault);
    boolean failed = false;
    try {
      apply(disk, new FakeServices(files));
    } catch (AtmosException e) {
      failed = true;
      assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(e.sentence()).contains("/home/dev/.kube/config").endsWith(": " + fault.shown());
    }
    String operation = fault + " at " + disk.operations().get(number);
    String content = content(situation.target(files));
    assertThat(content).as(operation).isIn(situation.content, situation.expected());
    assertThat(failed || situation.expected().equals(content)).as(operation).isTrue();
    if (operation.contains(" delete ") || operation.startsWith("DENIED at list ")) {
      // It couldn't be removed, or seemed to be another user's.
      apply(situation.disk(-1, null), nextProcess(files));
    }
    if (!operation.endsWith(".backup")) {
      // The next process can't tell a backup that is left over from one that is needed.
      assertThat(litter(files)).as(operation).isEmpty();
    }
    assertThat(locks(files)).as(operation).isEmpty();
    return failed;
  }

  private static FakeServices nextProcess(FakeFiles files) {
    FakeServices next = new FakeServices(files);
    next.processes().self(new ProcessIdentity(4712, Instant.parse("2025-01-15T12:00:00Z"), "here"));
    return next;
  }

  @ParameterizedTest
  @EnumSource
  void process_thatDiesAtAnyOperation_leavesAWholeFileAndALockThatTheNextOneRemoves(
      Situation situation) throws Exception {
    int operations = operations(situation);
    for (int i = 0; i < operations; i++) {
      FakeFiles files = situation.files();
      FailingFileOperations disk = situation.disk(i, null);
      assertThatThrownBy(() -> apply(disk, new FakeServices(files)))
          .isInstanceOf(FailingFileOperations.PowerCut.class);

      String operation = disk.operations().get(i);
      String content = content(situation.target(files));
      List<Path> backups = backups(files);
      assertThat(backups.isEmpty() ? content : content(backups.get(0)))
          .as(operation)
          .isIn(situation.content, situation.expected());
      assertThat(litter(files)).as(operation).isEmpty();

      apply(situation.disk(-1, null), nextProcess(files));
      assertThat(content(situation.target(files))).as(operation).isEqualTo(situation.expected());
      assertThat(litter(files)).as(operation).isEmpty();
      assertThat(locks(files)).as(operation).isEmpty();
    }
  }
}
