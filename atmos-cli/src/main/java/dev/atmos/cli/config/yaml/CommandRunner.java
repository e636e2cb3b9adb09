package dev.atmos.cli.config.yaml;

import dev.atmos.plugin.base.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Runs the commands that a configuration names, by the shell of the operating system. */
public interface CommandRunner {

  /**
   * What a command left behind.
   *
   * @param exitCode its exit code
   * @param output what it wrote to its standard output, as UTF-8
   */
  record Outcome(int exitCode, Secret output) {}

  /**
   * Runs one command: with the user's own variables, no standard input, and the standard error of
   * this process.
   *
   * @param command what the shell is to run
   * @param directory where it is run
   * @param mostBytes how much it may write
   * @param limit how long it may take
   * @throws IOException if it can't be started, writes more or takes longer, in which case it has
   *     been stopped; the message says which of these, and shows no part of the command
   */
  Outcome run(String command, Path directory, int mostBytes, Duration limit) throws IOException;
}
