package dev.atmos.auth.session;

/** A link of a chain has no grant until the user signs in. */
final class SignInRequiredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int link;
  private final boolean refused;
  private final boolean asks;

  /**
   * @param link the link
   * @param refused whether the grants that it makes without the user are refused
   * @param asks whether the link would ask the user, so that a sign-in helps
   * @param why for the message
   */
  SignInRequiredException(int link, boolean refused, boolean asks, String why, Throwable cause) {
    super(why, cause);
    this.link = link;
    this.refused = refused;
    this.asks = asks;
  }

  int link() {
    return link;
  }

  boolean refused() {
    return refused;
  }

  boolean asks() {
    return asks;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
