package dev.atmos.cli.port;

import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.services.system.InteractiveTerminal;
import java.io.OutputStream;
import java.time.Clock;

/**
 * Everything outside of the program, so that a whole run of it fits into a test.
 *
 * @param environment the variables, as the user set them
 * @param directories where things are
 * @param clock what the time is
 * @param files reads files
 * @param privateFiles writes what atmos keeps
 * @param commands runs what a configuration names
 * @param terminal the person at the keyboard
 * @param operatingSystem what else the operating system offers
 * @param out standard output: takes the answer, and nothing else
 * @param err standard error
 * @param installation how the program is installed
 */
public record SystemPorts(
    Environment environment,
    Directories directories,
    Clock clock,
    FileInspector files,
    PrivateFiles privateFiles,
    CommandRunner commands,
    InteractiveTerminal terminal,
    OperatingSystem operatingSystem,
    OutputStream out,
    OutputStream err,
    Installation installation) {

  /** The same with other variables. */
  public SystemPorts withEnvironment(Environment variables) {
    return new SystemPorts(
        variables,
        directories,
        clock,
        files,
        privateFiles,
        commands,
        terminal,
        operatingSystem,
        out,
        err,
        installation);
  }

  /** The same for a run of its own, whose output is discarded. */
  public SystemPorts withoutOutput(
      Environment variables,
      Directories places,
      CommandRunner runner,
      InteractiveTerminal keyboard) {
    return new SystemPorts(
        variables,
        places,
        clock,
        files,
        privateFiles,
        runner,
        keyboard,
        operatingSystem,
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream(),
        installation);
  }
}
