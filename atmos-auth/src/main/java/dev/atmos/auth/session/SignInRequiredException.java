package dev.atmos.auth.session;

/** A link of a chain can't go on without somebody who signs in. */
final class SignInRequiredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int link;
  private final boolean refused;

  /**
   * @param link which
   * @param refused whether what it makes without anybody is refused again and again
   * @param why for the message
   */
  SignInRequiredException(int link, boolean refused, String why, Throwable cause) {
    super(why, cause);
    this.link = link;
    this.refused = refused;
  }

  int link() {
    return link;
  }

  boolean refused() {
    return refused;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
