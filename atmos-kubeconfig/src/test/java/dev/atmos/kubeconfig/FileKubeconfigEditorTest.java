package dev.atmos.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.kubeconfig.plan.Access;
import dev.atmos.kubeconfig.plan.Plans;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.system.ProcessIdentity;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** On files in memory, as a Unix and as a Windows user sees them. */
class FileKubeconfigEditorTest {
  private static final KubeconfigChange ADD = Plans.add(Access.to("demo"));

  /** A user's machine. */
  enum View {
    UNIX,
    WINDOWS;

    FakeServices context() {
      return new FakeServices(this == UNIX ? FakeFiles.unix() : FakeFiles.windows());
    }
  }

  private static FileKubeconfigEditor kubeconfigs(FakeServices context) {
    return new FileKubeconfigEditor(context);
  }

  private static Path config(FakeServices context) {
    return context.directories().home().orElseThrow().resolve(".kube").resolve("config");
  }

  private static KubeconfigTarget target(@Nullable String option, @Nullable String setting) {
    return new KubeconfigTarget(option, setting, FileMode.PRIVATE);
  }

  private static KubeconfigChange to(KubeconfigTarget target) {
    return new KubeconfigChange(
        target,
        ADD.removals(),
        ADD.clusters(),
        ADD.update(),
        ADD.contextSwitch(),
        null,
        java.util.List.of());
  }

  @ParameterizedTest
  @EnumSource
  void default_withoutAFile_isMadeInTheHomeDirectory(View view) throws IOException {
    FakeServices context = view.context();

    KubeconfigPlan plan = kubeconfigs(context).plan(ADD);
    assertThat(Files.exists(config(context).resolveSibling(""))).isFalse();

    assertThat(kubeconfigs(context).apply(ADD)).isEqualTo(plan);
    assertThat(Files.readString(config(context))).isEqualTo(plan.files().get(0).preview().reveal());
    try (var names = Files.list(config(context).resolveSibling(""))) {
      assertThat(names).containsExactly(config(context));
    }
    assertThat(kubeconfigs(context).apply(ADD).isEmpty()).isTrue();
  }

  @Test
  void standalone_besideABrokenFile_hasTheClustersAloneAndLeavesNothing() throws IOException {
    FakeServices context = View.UNIX.context();
    context.directories().write(config(context).toString(), "- not a kubeconfig\n");

    KubeconfigPlan plan = kubeconfigs(context).standalone(to(target("-", null)));

    assertThat(plan.files()).hasSize(1);
    assertThat(plan.files().getFirst().preview().reveal())
        .startsWith("apiVersion: v1\nkind: Config\n")
        .contains("cluster/demo");
    assertThat(Files.exists(context.directories().workingDirectory().resolve("-"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void target_isWritable_whereItsFileIsAKubeconfigOrMissing(View view) throws IOException {
    FakeServices context = view.context();
    FileKubeconfigEditor editor = kubeconfigs(context);
    KubeconfigTarget target = KubeconfigTarget.standard();

    editor.requireWritable(target);
    assertThat(Files.exists(config(context).resolveSibling(""))).isFalse();

    Files.createDirectories(config(context));
    assertThatThrownBy(() -> editor.requireWritable(target)).hasMessageEndingWith("is a directory");
    Files.delete(config(context));
    Files.writeString(config(context), "- a\n");
    assertThatThrownBy(() -> editor.requireWritable(target))
        .hasMessageContaining(config(context) + ":1:1");
    Files.writeString(config(context), "kind: Config\n");
    editor.requireWritable(target);
  }

  @ParameterizedTest
  @EnumSource
  void list_ofFiles_isWrittenByKubectlsRule(View view) throws IOException {
    FakeServices context = view.context();
    context.directories().write("two", "kind: Config\n");
    String separator = view == View.UNIX ? ":" : ";";
    context
        .environment()
        .set("KUBECONFIG", String.join(separator, "", "one", "two", "one", "three", ""));

    kubeconfigs(context).apply(ADD);

    assertThat(Files.readString(context.directories().path("two"))).contains("cluster/demo");
    assertThat(Files.exists(context.directories().path("one"))).isFalse();
    assertThat(Files.exists(context.directories().path("three"))).isFalse();
    assertThat(Files.exists(config(context))).isFalse();
    assertThat(kubeconfigs(context).files(KubeconfigTarget.standard())).hasSize(3);
  }

  @Test
  void list_withOneFileByTwoNames_writesItOnce() throws IOException {
    FakeServices context = View.UNIX.context();
    Path file = context.directories().write("one", "kind: Config\n");
    Files.createSymbolicLink(context.directories().path("link"), file);
    context.environment().set("KUBECONFIG", "one:./one:link");

    kubeconfigs(context).apply(ADD);

    assertThat(Files.readString(file)).containsOnlyOnce("- name: atmos-eks-dev-admin");
    assertThat(Files.isSymbolicLink(context.directories().path("link"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, , /project/a/b",
    "~/x, , /home/dev/x",
    "~, , /home/dev",
    "/etc/kube, ignored, /etc/kube",
    ", ~/x, /home/dev/x",
    ", $KUBE_DIR/x, /kube/x",
    ", ${KUBE_DIR}s/$KUBE_DIR, /kubes//kube",
    "$KUBE_DIR, , /project/$KUBE_DIR",
  })
  void target_ofAnOptionOrASetting_isThatFile(
      @Nullable String option, @Nullable String setting, String expected) {
    FakeServices context = View.UNIX.context();
    context.environment().set("KUBE_DIR", "/kube").set("KUBECONFIG", "/elsewhere");

    assertThat(kubeconfigs(context).files(target(option, setting)))
        .containsExactly(context.directories().path(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "$, has a '$' in it",
    "a/${X, has a '$' in it",
    "${}, has a '$' in it",
    "$UNSET/x, 'needs the variable UNSET, which isn''t set'",
  })
  void setting_thatCantBeExpanded_isRefused(String setting, String reason) {
    assertThatThrownBy(() -> kubeconfigs(View.UNIX.context()).files(target(null, setting)))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.sentence()).contains(reason);
            });
  }

  @Test
  void home_whereThereIsNone_isSaid() {
    FakeServices context = new FakeServices(FakeFiles.unix().withoutHome());

    assertThatThrownBy(() -> kubeconfigs(context).files(KubeconfigTarget.standard()))
        .isInstanceOfSatisfying(
            AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    assertThat(kubeconfigs(context).files(target("x", null))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void lock_ofKubectl_isWaitedFor(View view) throws IOException {
    FakeServices context = view.context();
    Path lock = context.directories().write(config(context) + ".lock", "");
    context
        .sleeper()
        .during(() -> {
          if (context.sleeper().taken().size() == 7) {
            delete(lock);
          }
        });

    assertThat(kubeconfigs(context).apply(ADD).isEmpty()).isFalse();
    assertThat(context.sleeper().taken())
        .hasSize(7)
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofMillis(5), Duration.ofMillis(40)));
    assertThat(Files.exists(lock)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void lock_ofKubectlThatStays_isNamedWithItsAgeAndLeft(View view) throws IOException {
    FakeServices context = view.context();
    Path lock = context.directories().write(config(context) + ".lock", "");
    Files.setLastModifiedTime(
        lock, java.nio.file.attribute.FileTime.from(Instant.parse("2025-01-15T08:59:00Z")));

    assertThatThrownBy(() -> kubeconfigs(context).apply(ADD))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
              assertThat(e.sentence())
                  .isEqualTo(
                      lock
                          + " has existed for 3 h 1 min: another program is changing the"
                          + " kubeconfig, or has left it behind");
              assertThat(e.hint())
                  .contains("if no kubectl is running any more, remove it: rm '" + lock + "'");
            });
    assertThat(Files.exists(lock)).isTrue();
    assertThat(Files.exists(config(context))).isFalse();
    Duration waited = context.sleeper().taken().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
  }

  @Test
  void lock_thatChangesHands_isWaitedForAsLongAsItDoes() throws IOException {
    FakeServices context = View.UNIX.context();
    Path lock = context.directories().write(config(context) + ".lock", "");
    context
        .sleeper()
        .during(() -> {
          int pauses = context.sleeper().taken().size();
          if (pauses == 2000) {
            delete(lock);
          } else if (pauses % 100 == 0) {
            touch(lock, context.clock().instant());
          }
        });

    assertThat(kubeconfigs(context).apply(ADD).isEmpty()).isFalse();
    assertThat(context.sleeper().taken()).hasSize(2000);
  }

  @ParameterizedTest
  @EnumSource
  void lock_ofALiveProcessOfOurs_isNamedWithItsNumber(View view) throws IOException {
    FakeServices context = view.context();
    ProcessIdentity other =
        new ProcessIdentity(77, Instant.ofEpochSecond(1_700_000_000, 5), "here");
    context.processes().running(other);
    context.directories().write(config(context) + ".lock/77-1700000000-5-here", "");

    assertThatThrownBy(() -> kubeconfigs(context).apply(ADD))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
              assertThat(e.sentence())
                  .contains(".lock has been held for ", " by atmos, process 77");
            });
  }

  @ParameterizedTest
  @EnumSource
  void lock_ofADeadProcessOfOurs_isTaken(View view) throws IOException {
    FakeServices context = view.context();
    Path token =
        context.directories().write(config(context) + ".lock/77-1700000000-5-here", "half");

    assertThat(kubeconfigs(context).apply(ADD).isEmpty()).isFalse();
    assertThat(context.sleeper().taken()).isEmpty();
    assertThat(Files.exists(token.resolveSibling(""))).isFalse();
  }

  @Test
  void lock_withSomethingUnknownInIt_isLeftAndItsRemovalIsAdvised() {
    FakeServices context = View.UNIX.context();
    Path token = context.directories().write(config(context) + ".lock/.nfs0001", "");

    assertThatThrownBy(() -> kubeconfigs(context).apply(ADD))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> assertThat(e.hint().orElse("")).endsWith("rm -r '" + config(context) + ".lock'"));
    assertThat(Files.exists(token)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', remove its lock: rm -r '%s.lock'",
    ".backup, move its lock away: mv '%s.lock' '%s.lock.old'",
  })
  void lock_ofAnotherContainerThatDoesNotMove_isNamedWithTheCureAndLeft(
      String left, String advice) {
    FakeServices context = View.UNIX.context();
    Path file = config(context);
    Path token = context.directories().write(file + ".lock/77-1-1-there", "");
    context.directories().write(file + ".lock/77-1-1-there" + left, "");

    assertThatThrownBy(() -> kubeconfigs(context).apply(ADD))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
              assertThat(e.sentence())
                  .isEqualTo(
                      file
                          + ".lock is held by atmos, process 77, of another container or machine"
                          + " or from before a restart; it hasn't changed for 30 s");
              assertThat(e.hint())
                  .contains("if that process has ended, " + advice.replace("%s", file.toString()));
            });

    assertThat(Files.exists(token)).isTrue();
    Duration waited = context.sleeper().taken().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
  }

  @Test
  void lock_ofAnotherContainerThatIsTouched_isWaitedFor() throws IOException {
    FakeServices context = View.UNIX.context();
    Path token = context.directories().write(config(context) + ".lock/77-1-1-there", "");
    context
        .sleeper()
        .during(() -> {
          int pauses = context.sleeper().taken().size();
          if (pauses == 5000) {
            delete(token);
          } else if (pauses < 5000 && pauses % 500 == 0) {
            touch(token, context.clock().instant());
          }
        });

    assertThat(kubeconfigs(context).apply(ADD).isEmpty()).isFalse();
    assertThat(context.sleeper().taken()).hasSize(5000);
  }

  @Test
  void nothingToChange_takesNoLock() throws IOException {
    FakeServices context = View.UNIX.context();
    kubeconfigs(context).apply(ADD);
    context.directories().write(config(context) + ".lock", "");

    assertThat(kubeconfigs(context).apply(ADD).isEmpty()).isTrue();
    assertThat(context.sleeper().taken()).isEmpty();
  }

  @Test
  void file_thatChangedBeforeTheLockWasTaken_isPlannedOnAgain() throws IOException {
    FakeServices context = View.UNIX.context();
    Path file = context.directories().write(config(context).toString(), "kind: Config\n");
    touch(file, Instant.parse("2025-01-15T08:59:00Z"));
    Path lock = context.directories().write(config(context) + ".lock", "");
    context
        .sleeper()
        .during(() -> {
          if (Files.isRegularFile(lock)) {
            context.directories().write(file.toString(), "# new\nkind: Config\n");
            delete(lock);
          }
        });

    KubeconfigPlan plan = kubeconfigs(context).apply(ADD);

    assertThat(Files.readString(file))
        .startsWith("# new\n")
        .isEqualTo(plan.files().get(0).preview().reveal());
  }

  @Test
  void file_thatKubectlIsWriting_isReadAgain() throws IOException {
    FakeServices context = View.UNIX.context();
    Path file = context.directories().write(config(context).toString(), "clusters:\n- name: 'a");
    context
        .sleeper()
        .during(() -> {
          if (context.sleeper().taken().size() == 3) {
            context.directories().write(file.toString(), "clusters:\n- name: 'a'\n");
          }
        });
    Path lock = context.directories().write(config(context) + ".lock", "");

    assertThat(kubeconfigs(context).plan(ADD).lines()).hasSize(4);
    delete(lock);
    assertThat(Files.readString(file)).isEqualTo("clusters:\n- name: 'a'\n");
  }

  @Test
  void removal_fromAFileThatKubectlHasEmptied_waitsForIt() throws IOException {
    FakeServices context = View.UNIX.context();
    kubeconfigs(context).apply(ADD);
    String text = Files.readString(config(context));
    Files.writeString(config(context), "");
    Path lock = context.directories().write(config(context) + ".lock", "");
    context
        .sleeper()
        .during(() -> {
          if (Files.isRegularFile(lock)) {
            context.directories().write(config(context).toString(), text);
            delete(lock);
          }
        });

    assertThat(kubeconfigs(context).apply(Plans.remove(Access.to("demo"))).isEmpty()).isFalse();
  }

  @Test
  void file_thatIsBroken_isNamedAndLeft() throws IOException {
    FakeServices context = View.UNIX.context();
    Path file = context.directories().write(config(context).toString(), "users: [\n");

    assertThatThrownBy(() -> kubeconfigs(context).apply(ADD))
        .isInstanceOf(AtmosException.class)
        .hasMessage(
            "/home/dev/.kube/config:2:1: the file ends within a '[' or a '{' that is never closed;"
                + " the file is left as it is");
    assertThat(Files.readString(file)).isEqualTo("users: [\n");
  }

  @Test
  void path_ofADirectory_isRefused() throws IOException {
    FakeServices context = View.UNIX.context();
    Files.createDirectories(config(context));

    assertThatThrownBy(() -> kubeconfigs(context).apply(ADD))
        .isInstanceOf(AtmosException.class)
        .hasMessage("can't read /home/dev/.kube/config: is a directory");
  }

  @Test
  void list_withAnEntryInAFileFurtherDown_writesThatFileAndTheFirst() throws IOException {
    FakeServices context = View.UNIX.context();
    kubeconfigs(context).apply(to(target("two", null)));
    context.directories().write("one", "kind: Config\n");
    context.environment().set("KUBECONFIG", "one:two");
    Access moved = Access.to("demo").at("https://new.example.com");

    KubeconfigPlan plan = kubeconfigs(context).apply(Plans.add(moved, moved.as("b")));

    assertThat(plan.files())
        .extracting(file -> file.path().getFileName().toString())
        .containsExactly("two", "one");
    assertThat(Files.readString(context.directories().path("two"))).contains("new.example.com");
    assertThat(Files.readString(context.directories().path("one"))).contains("atmos-eks-b");
  }

  @Test
  void backup_ofADeadProcess_mendsATornFile() throws IOException {
    FakeServices context = View.UNIX.context();
    String old = "kind: Config\n# old old old\n";
    String content = "kind: Config\n# new\nusers: []\n";
    String torn = content.substring(0, 17) + old.substring(17);
    Path file = context.directories().write(config(context).toString(), torn);
    context.directories().write(config(context) + ".lock/77-1-1-here.new", content);
    context.directories().write(config(context) + ".lock/77-1-1-here.backup", old);

    kubeconfigs(context).apply(Plans.remove(Access.to("demo")));

    assertThat(Files.readString(file)).isEqualTo(old);
    try (var names = Files.list(file.resolveSibling(""))) {
      assertThat(names).containsExactly(file);
    }
  }

  @Test
  void backup_ofAFileThatWasChangedSince_isKeptBesideIt() throws IOException {
    FakeServices context = View.UNIX.context();
    Path file = context.directories().write(config(context).toString(), "# mine\n");
    context.directories().write(config(context) + ".lock/77-1-1-here.new", "# new\n");
    context.directories().write(config(context) + ".lock/77-1-1-here.backup", "# old\n");

    kubeconfigs(context).apply(Plans.remove(Access.to("demo")));

    assertThat(Files.readString(file)).isEqualTo("# mine\n");
    assertThat(Files.readString(file.resolveSibling("config.atmos-backup"))).isEqualTo("# old\n");
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE, \\r\\n", "UTF-16BE, \\n"})
  void file_inUtf16_staysInIt(String charset, String end) throws Exception {
    FakeServices context = View.WINDOWS.context();
    String old = "\ufeffkind: Config\n# caf\u00e9\n".replace("\n", end.translateEscapes());
    Path file = context.directories().write(config(context).toString(), "");
    Files.write(file, old.getBytes(Charset.forName(charset)));

    kubeconfigs(context).apply(ADD);

    assertThat(Files.readString(file, Charset.forName(charset))).isEqualTo(Plans.after(ADD, old));
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void touch(Path file, Instant instant) {
    try {
      Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(instant));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
