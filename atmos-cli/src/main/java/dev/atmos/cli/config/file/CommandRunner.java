package dev.atmos.cli.config.file;

import dev.atmos.plugin.base.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Runs commands of the configuration, by the shell of the operating system. */
public interface CommandRunner {

  /** Runs none: for {@code CommandRunner::none}. */
  static Outcome none(String command, Path directory, int mostBytes, Duration limit)
      throws IOException {
    throw new IOException("is not run in a review");
  }

  /**
   * The result of a command.
   *
   * @param exitCode its exit code
   * @param output its standard output, as UTF-8
   */
  record Outcome(int exitCode, Secret output) {}

  /**
   * Runs one command: with the user's own variables, no standard input, and the standard error of
   * this process.
   *
   * @param command the command line for the shell
   * @param directory where it is run
   * @param mostBytes how much it may write
   * @param limit how long it may take
   * @throws IOException if it can't be started, or was stopped because it wrote more or took
   *     longer; the message gives the reason without any part of the command
   */
  Outcome run(String command, Path directory, int mostBytes, Duration limit) throws IOException;
}
