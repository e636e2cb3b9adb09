package dev.atmos.plugin.config;

/**
 * What is done with a value of the configuration. Each leaf of a {@link Schema} declares its
 * effect, and the getter of {@link Definition} that reads the leaf enforces it: a file that the
 * user hasn't approved may hold only values whose effect allows that.
 */
public enum Effect {
  /** It is data: a name, label, number, choice, region or ARN. Any file may hold it. */
  DATA,
  /** It is a secret that signs requests. Any file may hold it. */
  CREDENTIAL,
  /** Something is sent to it. An unapproved file may name AWS's own hosts only. */
  ENDPOINT,
  /** It is a path that is read. An unapproved file may name files of its own project only. */
  READS,
  /** It is run. Only an approved file may hold it. */
  COMMAND,
  /** It is passed to programs as a variable. Only an approved file may hold it. */
  ENVIRONMENT,
  /** It is a path that is written to. Only an approved file may hold it. */
  WRITES,
  /**
   * It decides how and where secrets are kept, what is logged, or whose certificate is trusted. In
   * an unapproved file, the program's own settings of that kind are ignored, and a plugin's are an
   * error where they are used.
   */
  PROTECTION
}
