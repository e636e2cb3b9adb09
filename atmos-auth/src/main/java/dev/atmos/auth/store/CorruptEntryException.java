package dev.atmos.auth.store;

/** An entry is there and can't be used. The message says why, and shows no part of it. */
final class CorruptEntryException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whose fault it is, which decides what to do about it. */
  enum Cause {
    /** The entry has been changed or cut off: it is lost. */
    DAMAGED,
    /** It was made with another key or password. */
    OTHER_KEY,
    /** It was made by another version. */
    OTHER_VERSION
  }

  private final Cause why;
  private final String problem;

  CorruptEntryException(Cause why, String message) {
    // Without a stack: it is an answer, and its cause could quote what can't be read.
    super(message, null, false, false);
    this.why = why;
    this.problem = message;
  }

  static CorruptEntryException damaged(String message) {
    return new CorruptEntryException(Cause.DAMAGED, message);
  }

  String problem() {
    return problem;
  }

  Cause why() {
    return why;
  }
}
