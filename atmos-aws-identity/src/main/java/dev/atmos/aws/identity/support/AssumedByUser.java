package dev.atmos.aws.identity.support;

/** An identity that a user assumes with the user's own key, rather than with a session. */
public interface AssumedByUser {

  /**
   * Whether it can't be assumed with a session of the user that has shown an MFA code, or not for
   * as long as it lasts.
   */
  boolean needsKey();
}
