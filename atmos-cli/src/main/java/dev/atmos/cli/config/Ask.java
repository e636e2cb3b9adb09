package dev.atmos.cli.config;

import dev.atmos.plugin.config.Position;

/**
 * Something that a file of the configuration wants and that needs the user's trust.
 *
 * @param kind what would be done
 * @param key the keys that lead to it, such as {@code auth.identities.dev.mfa_command}
 * @param text the command, the path or the URL
 * @param position where it is written
 */
public record Ask(Kind kind, String key, String text, Position position) {

  /** What would be done. */
  public enum Kind {
    /** A command is run. */
    RUN,
    /** A file or a directory outside of the file's project is read. */
    READ,
    /** Something is sent to a host that isn't AWS's. */
    SEND
  }

  /** Says where it is, not what: the text may be anything. */
  @Override
  public String toString() {
    return "Ask[" + kind + " " + position + "]";
  }
}
