package dev.atmos.cli.config.file;

/** Whether a file may have commands run, and why. */
public enum TrustState {
  /** It may: it lies where only the user writes, or was named on the command line. */
  BY_PLACE,
  /** It may: the user has approved it as it is. */
  BY_USER,
  /** It may not: it has changed since the user approved it. */
  CHANGED,
  /** It may not. */
  NONE;

  /** Whether it may. */
  public boolean isTrusted() {
    return this == BY_PLACE || this == BY_USER;
  }
}
