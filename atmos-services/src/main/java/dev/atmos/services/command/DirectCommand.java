package dev.atmos.services.command;

import picocli.CommandLine.Model.CommandSpec;

/**
 * A command that runs without picocli where its syntax can read the command line: setting picocli
 * up takes a tenth of the time of a token, and a fifth of the time of other commands.
 */
public interface DirectCommand {
  /** What is read before {@link #run}. */
  CommandSyntax syntax();

  /**
   * Runs the command.
   *
   * @return its exit code
   */
  int run();

  /** The command for picocli. */
  default CommandSpec spec() {
    return syntax().toSpec(this);
  }
}
