package dev.atmos.auth.chain;

/** A link of a chain can't go on without somebody who signs in. */
final class SignInNeeded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int link;

  /**
   * @param link which
   * @param why for the message
   */
  SignInNeeded(int link, String why, Throwable cause) {
    super(why, cause);
    this.link = link;
  }

  int link() {
    return link;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
