package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.cli.bootstrap.process.ProcessEnvironment;
import dev.atmos.cli.config.file.CommandRunner.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class ShellCommandRunnerTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int MOST = 64 * 1024;

  @TempDir Path directory;

  private Outcome run(String command) throws IOException {
    return new ShellCommandRunner(new SystemOperatingSystem(new ProcessEnvironment()))
        .run(command, directory, MOST, LONG);
  }

  private String output(String command) throws IOException {
    Outcome outcome = run(command);
    assertThat(outcome.exitCode()).isZero();
    return outcome.output().reveal();
  }

  @ParameterizedTest
  @CsvSource({
    "true, 0",
    "exit 3, 3",
    "exit 255, 255",
    "no-such-command-anywhere 2>/dev/null, 127",
    "kill -9 $$, 137",
    "kill -15 $$, 143"
  })
  void exitCode_ofACommand_isTheShells(String command, int code) throws IOException {
    assertThat(run(command).exitCode()).isEqualTo(code);
  }

  @Test
  void output_isWholeAndUtf8() throws IOException {
    assertThat(output("printf ' h\\303\\251\\n\\n'; echo err >/dev/null")).isEqualTo(" hé\n\n");
    assertThat(output(":")).isEmpty();
    assertThat(output("yes 0123456 | head -c 65536")).hasSize(65536);
  }

  @Test
  void output_thatIsNotUtf8_isAFailureThatDoesntShowIt() {
    assertThatThrownBy(() -> run("printf 'hunter2\\377'"))
        .isInstanceOf(IOException.class)
        .hasMessage("writes something that isn't UTF-8")
        .hasNoCause();
  }

  @Test
  void output_pastTheLimit_stopsTheCommand() {
    assertThatThrownBy(() -> run("head -c 65537 /dev/zero"))
        .hasMessage("writes more than 65536 bytes");
    assertThatThrownBy(() -> run("yes")).hasMessage("writes more than 65536 bytes");
  }

  @Test
  void directory_isWhereItRuns() throws IOException {
    assertThat(output("pwd -P").strip()).isEqualTo(directory.toRealPath().toString());
    assertThat(output("env | grep ^PWD=").strip()).isEqualTo("PWD=" + directory);
  }

  @Test
  void directory_thatIsntThere_isAFailureThatDoesntShowTheCommand() {
    assertThatThrownBy(() ->
            new ShellCommandRunner(new SystemOperatingSystem(new ProcessEnvironment()))
                .run("hunter2", directory.resolve("missing"), MOST, LONG))
        .isInstanceOf(IOException.class)
        .hasMessage("can't be started")
        .hasNoCause();
  }

  @Test
  void input_isEmpty() throws IOException {
    assertThat(output("cat; echo end")).isEqualTo("end\n");
  }

  @Test
  void commandPastItsTime_isStopped_withAllThatItStarted() throws IOException {
    Path pid = directory.resolve("pid");
    // A number that no other process of this machine waits for, so that these can be found.
    String seconds = "600." + ProcessHandle.current().pid();
    assertThatThrownBy(() ->
            new ShellCommandRunner(new SystemOperatingSystem(new ProcessEnvironment()))
                .run(
                    "trap '' TERM; sh -c 'trap \"\" TERM; echo $$ >pid; sleep SECONDS' & wait; sleep SECONDS"
                        .replace("SECONDS", seconds),
                    directory,
                    MOST,
                    Duration.ofSeconds(1)))
        .hasMessage("takes longer than 1 seconds");
    long child = Long.parseLong(Files.readString(pid).strip());
    ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
    List<ProcessHandle> left =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").endsWith("sleep " + seconds))
            .toList();
    for (ProcessHandle process : left) {
      // What was killed may take a moment to be gone; what wasn't stays.
      process.onExit().orTimeout(5, TimeUnit.SECONDS).exceptionally(e -> process).join();
    }
    assertThat(left).noneMatch(ProcessHandle::isAlive);
    assertThat(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  /** An agent that a command starts keeps the standard output for as long as it lives. */
  @Test
  void childInTheBackground_isNotWaitedForAndLeftAlone() throws IOException {
    String output = output("sleep 600 & echo $!");
    long child = Long.parseLong(output.strip());
    ProcessHandle handle = ProcessHandle.of(child).orElseThrow();
    try {
      assertThat(handle.isAlive()).isTrue();
    } finally {
      handle.destroyForcibly();
    }
  }

  @Test
  void output_ofManyShortCommands_isNeverLost() throws IOException {
    for (int i = 0; i < 100; i++) {
      assertThat(output("echo " + i + "; sleep 0 &")).isEqualTo(i + "\n");
    }
  }

  @Test
  void interruptedThread_stopsTheCommandAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run("exec sleep 600")).hasMessage("was interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
