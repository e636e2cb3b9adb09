package dev.atmos.cli.bootstrap.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.plugin.testkit.FakeEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecHandoverTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private SystemProcesses processes(String... arguments) {
    return new SystemProcesses(new FakeEnvironment(), new ExecHandover(arguments, out));
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void words_thatWereTyped_areTakenAsTheyCame() throws IOException {
    assertThat(
            processes("auth", "exec", "--", "ls", "-l", "\ufffd")
                .attach(List.of("ls", "-l", "\ufffd"), null, List.of()))
        .isZero();
    assertThat(written()).isEqualTo("shift 3\n");
  }

  @Test
  void words_thatWereNotTyped_areSetBeforeThoseThatWere() throws IOException {
    processes("auth", "shell", "--", "-c", "it's")
        .attach(List.of("/bin/my shell", "-l", "-c", "it's"), null, List.of());
    assertThat(written()).isEqualTo("shift 3\nset -- '/bin/my shell' '-l' \"$@\"\n");
  }

  @Test
  void variables_areQuotedWhateverTheyHold() throws IOException {
    processes("x")
        .attach(
            List.of("x"),
            Path.of("/a b"),
            List.of(Variable.of("A", Secret.of("$(id)'\n\\")), Variable.of("_B1", null)));
    assertThat(written())
        .isEqualTo(
            """
            cd '/a b' || exit 1
            export A='$(id)'\\''
            \\'
            unset _B1
            shift 0
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1A", "A-B", "A.B", "A=B", "A;id", "ÄB"})
  void variable_thatNoShellTakes_isRefused(String name) {
    assertThatThrownBy(
            () -> processes("x").attach(List.of("x"), null, List.of(Variable.of(name, null))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(written()).isEmpty();
  }

  @Test
  void program_thatCantBeRun_isSaidBeforeAnythingIsWritten(@TempDir Path root) throws IOException {
    Files.writeString(root.resolve("plain"), "");
    assertThatThrownBy(() -> processes("x").attach(List.of("./plain"), root, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("is not executable");
    assertThatThrownBy(() -> processes("x").attach(List.of(root.toString()), null, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("is a directory");
    assertThat(written()).isEmpty();
  }

  @Test
  void answer_ofTheProgram_goesToTheDescriptorOfTheLauncher(@TempDir Path root) throws IOException {
    Path descriptor = Files.createFile(root.resolve("3"));
    ExecHandover handover = ExecHandover.open(descriptor.toString(), "exec", "ls");
    assertThat(handover).isNotNull();
    handover.to(List.of("ls"), null, List.of());
    assertThat(descriptor).hasContent("shift 1\n");
  }

  @Test
  void launcher_thatDoesNotWaitOrCantBeAnswered_getsNoProgram(@TempDir Path root) {
    assertThat(ExecHandover.open(null, "exec", "ls")).isNull();
    assertThat(ExecHandover.open(root.resolve("no/3").toString(), "exec", "ls")).isNull();
  }

  @Test
  void attach_withoutALauncherThatWaits_runsAChild(@TempDir Path root) throws IOException {
    SystemProcesses processes = new SystemProcesses(new FakeEnvironment());
    int code =
        processes.attach(
            List.of("/bin/sh", "-c", "echo \"$ONE\" >here; exit 7"),
            root,
            List.of(Variable.of("ONE", Secret.of("1"))));
    assertThat(code).isEqualTo(7);
    assertThat(root.resolve("here")).hasContent("1\n");
    assertThat(processes.attach(List.of("/bin/sh", "-c", "kill -TERM $$"), null, List.of()))
        .isEqualTo(128 + 15);
  }
}
