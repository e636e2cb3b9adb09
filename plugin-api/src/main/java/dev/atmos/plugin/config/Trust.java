package dev.atmos.plugin.config;

/**
 * Host service: whether a file of the configuration may have things done that could harm who runs
 * atmos in the wrong directory. Plain data of any file is used; what runs a command or sends
 * something to a host that isn't AWS's needs the user's trust in the file, as it is now.
 */
public interface Trust {

  /** Whether the file that holds the position is trusted, as it is now. */
  boolean isTrusted(Position position);

  /**
   * Asks before a command that the configuration names is run.
   *
   * @param position where the command is written
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if the
   *     file is not trusted; the message names it and the command that trusts it
   */
  void requireForCommand(Position position);

  /**
   * Asks before anything is sent to a URL that the configuration names. A URL of AWS's own hosts
   * needs no trust.
   *
   * @param position where the URL is written
   * @param url the URL
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if the
   *     file is not trusted; the message names it and the command that trusts it
   */
  void requireForEndpoint(Position position, String url);
}
