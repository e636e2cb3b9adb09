package dev.atmos.loopback;

/** The program is used wrongly. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
