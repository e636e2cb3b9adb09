package dev.atmos.loopback.aws.iam;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A role's trust policy: who may assume it.
 *
 * @param principals the ARNs of users, roles or account roots that may; {@code *} is everybody
 * @param externalId the external id that they have to name; null if none
 * @param allowsTags whether sessions may have tags
 * @param needsMfa whether the caller must have authenticated with MFA
 * @param audience of the web identity tokens that may assume the role; null if none may
 * @param subject of these tokens; a star at the end stands for anything
 */
public record RoleTrustPolicy(
    Set<String> principals,
    @Nullable String externalId,
    boolean allowsTags,
    boolean needsMfa,
    @Nullable String audience,
    String subject) {

  static final RoleTrustPolicy NONE = new RoleTrustPolicy(Set.of(), null, true, false, null, "");

  /** Copies the principals. */
  public RoleTrustPolicy {
    principals = Set.copyOf(principals);
  }

  RoleTrustPolicy with(String... arns) {
    Set<String> more = new HashSet<>(principals);
    more.addAll(List.of(arns));
    return new RoleTrustPolicy(more, externalId, allowsTags, needsMfa, audience, subject);
  }

  RoleTrustPolicy externalId(String id) {
    return new RoleTrustPolicy(principals, id, allowsTags, needsMfa, audience, subject);
  }

  RoleTrustPolicy withoutTags() {
    return new RoleTrustPolicy(principals, externalId, false, needsMfa, audience, subject);
  }

  RoleTrustPolicy needingMfa() {
    return new RoleTrustPolicy(principals, externalId, allowsTags, true, audience, subject);
  }

  RoleTrustPolicy webIdentity(String tokenAudience, String tokenSubject) {
    return new RoleTrustPolicy(
        principals, externalId, allowsTags, needsMfa, tokenAudience, tokenSubject);
  }

  /**
   * Whether a principal may assume the role.
   *
   * @param id the external id that it names
   * @param mfa whether it has authenticated with MFA
   */
  public boolean allows(IamPrincipal principal, @Nullable String id, boolean mfa) {
    boolean trusted =
        principals.contains("*")
            || principals.contains(principal.arn())
            || principals.contains(principal.policyArn())
            || principals.contains(principal.account())
            || principals.contains(principal.rootArn(principal.account()));
    return trusted && (externalId == null || Objects.equals(externalId, id)) && (mfa || !needsMfa);
  }

  /** Whether web identity tokens of this subject may assume the role. */
  public boolean allowsSubject(String other) {
    return subject.endsWith("*")
        ? other.startsWith(subject.substring(0, subject.length() - 1))
        : other.equals(subject);
  }
}
