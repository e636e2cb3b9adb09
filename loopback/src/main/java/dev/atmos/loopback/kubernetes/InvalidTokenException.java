package dev.atmos.loopback.kubernetes;

/**
 * A token that a server refuses. The message is that of aws-iam-authenticator or STS, without any
 * secret part of the token.
 */
public final class InvalidTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The rule for everything that STS refuses under no number of its own. */
  static final String STS = "STS";

  private final String rule;

  InvalidTokenException(String rule, String message) {
    super(message);
    this.rule = rule;
  }

  /**
   * The rule that refused it: {@code N1} to {@code N26}, {@code P19} for a date too far in the
   * future (which only STS refuses), {@code STS} for other things that only STS refuses. The rules
   * are listed at {@link TokenVerifier}.
   */
  public String rule() {
    return rule;
  }

  /** Refuses a token that does not fulfil a condition. */
  static void require(boolean condition, String rule, String message) {
    if (!condition) {
      throw new InvalidTokenException(rule, message);
    }
  }
}
