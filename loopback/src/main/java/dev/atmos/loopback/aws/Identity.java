package dev.atmos.loopback.aws;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who signs, as IAM sees it.
 *
 * @param arn what GetCallerIdentity answers
 * @param userId what GetCallerIdentity answers as UserId
 * @param principalArn the user or the role behind it, as policies name it
 * @param transitiveTags session tags that go with it into the roles that it assumes
 * @param sourceIdentity who it was at first; null if nobody said
 * @param mfa whether it has shown a code
 */
public record Identity(
    Kind kind,
    String arn,
    String userId,
    String account,
    String principalArn,
    Map<String, String> transitiveTags,
    @Nullable String sourceIdentity,
    boolean mfa) {

  /** What stands behind credentials. */
  public enum Kind {
    /** A user's own long-lived key. */
    USER,
    /** A user's temporary key of GetSessionToken. */
    USER_SESSION,
    /** A role that was assumed. */
    ROLE,
    /** An account's root, of AssumeRoot. */
    ROOT
  }

  /** Copies the tags. */
  public Identity {
    transitiveTags = Map.copyOf(transitiveTags);
  }

  Identity withMfa() {
    return new Identity(
        kind, arn, userId, account, principalArn, transitiveTags, sourceIdentity, true);
  }

  Identity as(Kind other) {
    return new Identity(
        other, arn, userId, account, principalArn, transitiveTags, sourceIdentity, mfa);
  }
}
