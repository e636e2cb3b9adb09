package dev.atmos.plugin.base;

/** What a failure means to the caller of the process. */
public enum ExitCode {
  /** No more specific code fits. */
  FAILED(1),
  /** The command line or the configuration is wrong. */
  USAGE(2),
  /** Credentials are missing or expired; signing in helps. */
  SIGN_IN_REQUIRED(4),
  /** The provider refused. */
  DENIED(5),
  /** Unreachable, throttled or locked; trying again later helps. */
  UNAVAILABLE(6),
  /** A plugin is missing, incompatible or broken. */
  PLUGIN(7),
  /** A bug in atmos. */
  BUG(70),
  /** Interrupted by the user. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The exit code of the process. */
  public int code() {
    return code;
  }
}
