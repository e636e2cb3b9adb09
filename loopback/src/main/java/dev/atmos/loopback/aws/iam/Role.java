package dev.atmos.loopback.aws.iam;

import java.time.Duration;

/**
 * An IAM role.
 *
 * @param account twelve digits
 * @param name without its path
 * @param trust its trust policy
 * @param maxSession an hour to twelve
 */
public record Role(
    Partition partition,
    String account,
    String path,
    String name,
    RoleTrustPolicy trust,
    Duration maxSession) {

  /** A role of the partition aws that trusts no principal, with sessions of at most an hour. */
  public static Role of(String account, String name) {
    return new Role(Partition.AWS, account, "/", name, RoleTrustPolicy.NONE, Duration.ofHours(1));
  }

  /** In another partition. */
  public Role partition(Partition other) {
    return new Role(other, account, path, name, trust, maxSession);
  }

  /** With a path, such as {@code /teams/}. */
  public Role path(String other) {
    return new Role(partition, account, other, name, trust, maxSession);
  }

  /** With sessions of at most this length. */
  public Role maxSession(Duration other) {
    return new Role(partition, account, path, name, trust, other);
  }

  /** Trusting these as well: ARNs of users, roles or account roots; {@code *} trusts everybody. */
  public Role trusting(String... arns) {
    return trust(trust.with(arns));
  }

  /** Only for callers that name this external id. */
  public Role externalId(String id) {
    return trust(trust.externalId(id));
  }

  /** Without session tags. */
  public Role withoutTags() {
    return trust(trust.withoutTags());
  }

  /** Only for callers that have authenticated with MFA. */
  public Role needingMfa() {
    return trust(trust.needingMfa());
  }

  /** Trusting web identity tokens of the stand-in's issuer for this audience and subject. */
  public Role trustingWebIdentity(String audience, String subject) {
    return trust(trust.webIdentity(audience, subject));
  }

  private Role trust(RoleTrustPolicy other) {
    return new Role(partition, account, path, name, other, maxSession);
  }

  /** The ARN, such as {@code arn:aws:iam::111122223333:role/Deploy}. */
  public String arn() {
    return "arn:" + partition.id() + ":iam::" + account + ":role" + path + name;
  }
}
