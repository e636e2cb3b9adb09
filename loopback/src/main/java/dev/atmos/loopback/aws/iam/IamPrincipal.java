package dev.atmos.loopback.aws.iam;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A principal: who signs a request, as IAM sees it.
 *
 * @param arn what GetCallerIdentity answers
 * @param userId what GetCallerIdentity answers as UserId
 * @param policyArn the user or the role behind it, as policies name it
 * @param transitiveTags session tags that it takes along into the roles that it assumes
 * @param sourceIdentity the identity at the start of the chain; null if none was set
 * @param mfa whether it has authenticated with a code
 */
public record IamPrincipal(
    Kind kind,
    String arn,
    String userId,
    String account,
    String policyArn,
    Map<String, String> transitiveTags,
    @Nullable String sourceIdentity,
    boolean mfa) {

  /** What stands behind credentials. */
  public enum Kind {
    /** A user's own long-lived key. */
    USER,
    /** A user's temporary key from GetSessionToken. */
    USER_SESSION,
    /** A role that was assumed. */
    ROLE,
    /** A role that was assumed with temporary credentials. */
    CHAINED_ROLE,
    /** A user's temporary key from GetFederationToken. */
    FEDERATED,
    /** An account's root, from AssumeRoot. */
    ROOT
  }

  /** Copies the tags. */
  public IamPrincipal {
    transitiveTags = Map.copyOf(transitiveTags);
  }

  /** A user. */
  public static IamPrincipal user(IamUser user) {
    String id = "AIDA" + Iam.fingerprint(user.arn());
    return new IamPrincipal(
        Kind.USER, user.arn(), id, user.account(), user.arn(), Map.of(), null, false);
  }

  /** A session of a role without tags, source identity and MFA. */
  public static IamPrincipal session(Role role, String name) {
    return session(role, name, Map.of(), null, false);
  }

  /** A session of a role. */
  public static IamPrincipal session(
      Role role,
      String name,
      Map<String, String> transitiveTags,
      @Nullable String sourceIdentity,
      boolean mfa) {
    String arn =
        "arn:%s:sts::%s:assumed-role/%s/%s"
            .formatted(role.partition().id(), role.account(), role.name(), name);
    String id = "AROA" + Iam.fingerprint(role.arn()) + ":" + name;
    return new IamPrincipal(
        Kind.ROLE, arn, id, role.account(), role.arn(), transitiveTags, sourceIdentity, mfa);
  }

  /** The same session of a role, which was assumed with temporary credentials. */
  public IamPrincipal chained() {
    return of(Kind.CHAINED_ROLE, arn, userId);
  }

  /** What this user hands to somebody else. */
  public IamPrincipal federated(String name) {
    return of(
        Kind.FEDERATED,
        "arn:%s:sts::%s:federated-user/%s".formatted(arn.split(":", -1)[1], account, name),
        account + ":" + name);
  }

  private IamPrincipal of(Kind other, String otherArn, String otherId) {
    return new IamPrincipal(
        other, otherArn, otherId, account, policyArn, transitiveTags, sourceIdentity, mfa);
  }

  /** The ARN of the root of an account of the same partition. */
  public String rootArn(String ofAccount) {
    return "arn:" + arn.split(":", -1)[1] + ":iam::" + ofAccount + ":root";
  }

  /** The root of an account, as this principal may become it. */
  public IamPrincipal root(String ofAccount) {
    String root = rootArn(ofAccount);
    return new IamPrincipal(
        Kind.ROOT, root, ofAccount, ofAccount, root, Map.of(), sourceIdentity, false);
  }

  /** A session of this user. */
  public IamPrincipal userSession(boolean withMfa) {
    return new IamPrincipal(
        Kind.USER_SESSION,
        arn,
        userId,
        account,
        policyArn,
        transitiveTags,
        sourceIdentity,
        mfa || withMfa);
  }
}
