package dev.atmos.auth.session;

/** A link of a chain has no grant until the user signs in. */
final class SignInRequiredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int link;
  private final boolean refused;

  /**
   * @param link the link
   * @param refused whether the grants that it makes without the user are refused
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
