package dev.atmos.cli.bootstrap;

import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.port.OperatingSystem;
import dev.atmos.plugin.io.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Runs commands by {@code /bin/sh}, or by {@code cmd.exe} on Windows. */
final class ShellCommandRunner implements CommandRunner {
  private final OperatingSystem system;

  ShellCommandRunner(OperatingSystem system) {
    this.system = system;
  }

  @Override
  public Outcome run(String command, Path directory, int mostBytes, Duration limit)
      throws IOException {
    Processes processes = system.processes();
    Processes.Outcome outcome =
        processes.run(
            Processes.Program.of(processes.shell(command))
                .withDirectory(directory)
                .withMostBytes(mostBytes)
                .withLimit(limit));
    return new Outcome(outcome.exitCode(), outcome.output());
  }
}
