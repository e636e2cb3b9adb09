package dev.atmos.cli.bootstrap.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes.Outcome;
import dev.atmos.plugin.io.Processes.Program;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.services.system.ProcessIdentity;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemProcessesTest {
  private final FakeEnvironment environment = new FakeEnvironment();
  private final SystemProcesses processes = new SystemProcesses(environment);

  private static Program program(String commandLine, List<Variable> variables, String input) {
    return Program.of(List.of("/bin/sh", "-c", commandLine))
        .withInput(Secret.of(input))
        .withVariables(variables);
  }

  @Test
  void process_ofThisTest_isRunning() {
    ProcessIdentity self = processes.self();
    assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(processes.isRunning(self)).isTrue();
  }

  @Test
  void namespace_ofTwoReaders_isTheSameAndFitsIntoAFileName() {
    String namespace = processes.self().namespace();
    assertThat(namespace).matches("\\w{1,100}");
    assertThat(new SystemProcesses(environment).self().namespace()).isEqualTo(namespace);
  }

  @Test
  void process_ofThatNumberAtAnotherTime_isNotRunning() {
    ProcessIdentity self = processes.self();
    assertThat(
            processes.isRunning(
                new ProcessIdentity(
                    self.pid(), self.startedAt().minusSeconds(60), self.namespace())))
        .isFalse();
  }

  @Test
  void process_thatHasEnded_isNotRunning() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ProcessIdentity self = processes.self();
    ProcessIdentity identity = new ProcessIdentity(ended.pid(), self.startedAt(), self.namespace());
    ended.waitFor();
    assertThat(processes.isRunning(identity)).isFalse();
  }

  @Test
  void program_onThePath_isFoundWhereItCanBeRun(@TempDir Path root) throws IOException {
    Path plain = Files.createDirectory(root.resolve("plain"));
    Path good = Files.createDirectory(root.resolve("good"));
    Files.writeString(plain.resolve("tool"), "");
    Path tool = Files.writeString(good.resolve("tool"), "");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    environment.set(
        "PATH", String.join(File.pathSeparator, "", plain.toString(), good.toString(), "/nowhere"));
    assertThat(processes.find("tool")).contains(tool);
    assertThat(processes.find("other")).isEmpty();
    assertThat(processes.find("")).isEmpty();
  }

  @Test
  void program_withInputAndVariables_getsBoth() throws IOException {
    Outcome outcome =
        processes.run(
            program(
                "read line; echo \"$line $ONE ${HOME-gone}\"; exit 3",
                List.of(Variable.of("ONE", Secret.of("1")), Variable.of("HOME", null)),
                "typed\n"));
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.output().reveal()).isEqualTo("typed 1 gone\n");
  }

  @Test
  void program_thatReadsNoInput_isNoFailure() throws IOException {
    assertThat(processes.run(program("exit 0", List.of(), "x".repeat(500_000))).exitCode())
        .isZero();
  }

  @Test
  void program_thatIsMissing_isNotNamed() {
    assertThatThrownBy(() -> processes.run(Program.of(List.of("hunter2"))))
        .isInstanceOf(IOException.class)
        .hasMessage("can't be started");
  }

  @Test
  void followedProgram_writesLinesOfBothStreamsAndReadsNothing() throws Exception {
    List<String> out = Collections.synchronizedList(new ArrayList<>());
    int code =
        processes.follow(
            List.of(
                "/bin/sh",
                "-c",
                "cat; echo one; echo $WHO >&2; printf 'a\\303\\244\\377\\r\\n\\nend'; (sleep 60 &)"
                    + " ; exit 3"),
            Path.of("").toAbsolutePath(),
            List.of(Variable.of("WHO", Secret.of("me"))),
            Duration.ZERO,
            (line, isError) -> out.add((isError ? "E " : "O ") + line));
    assertThat(code).isEqualTo(3);
    assertThat(out).containsExactlyInAnyOrder("O one", "E me", "O aä\ufffd", "O ", "O end");
  }

  @Test
  void followedProgram_whoseOutputCantBeTaken_isEnded() {
    assertThatThrownBy(() ->
            processes.follow(
                List.of("/bin/sh", "-c", "echo $$; sleep 60"),
                Path.of("").toAbsolutePath(),
                List.of(),
                Duration.ZERO,
                (line, isError) -> {
                  throw new IllegalStateException(line);
                }))
        .isInstanceOf(IllegalStateException.class)
        .satisfies(failure ->
            assertThat(ProcessHandle.of(Long.parseLong(String.valueOf(failure.getMessage()))))
                .satisfiesAnyOf(
                    process -> assertThat(process).isEmpty(),
                    process -> assertThat(process.get().isAlive()).isFalse()));
  }
}
