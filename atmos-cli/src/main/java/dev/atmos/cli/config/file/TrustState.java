package dev.atmos.cli.config.file;

/** Which values of a file may have their effect, and why. */
public enum TrustState {
  /** All: it lies where only the user writes, or was named on the command line. */
  BY_PLACE,
  /** Those that the user has approved. */
  BY_USER,
  /** Only those that need no trust. */
  NONE;

  /** Whether all may. */
  public boolean isTrusted() {
    return this == BY_PLACE;
  }
}
