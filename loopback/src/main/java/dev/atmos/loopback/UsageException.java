package dev.atmos.loopback;

/** The program was called with wrong arguments. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
