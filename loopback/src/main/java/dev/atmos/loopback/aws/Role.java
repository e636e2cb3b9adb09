package dev.atmos.loopback.aws;

import dev.atmos.loopback.Partition;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An IAM role and its trust policy.
 *
 * @param account twelve digits
 * @param name without its path
 * @param trusted the ARNs of users, roles or accounts' roots that may assume it; {@code *} is
 *     everybody
 * @param externalId what they have to say; null if nothing
 * @param maxSession an hour to twelve
 * @param tagSessions whether sessions may have tags
 * @param needsMfa whether only who has shown a code may assume it
 * @param audience of the web identity tokens that may assume it; null if none may
 * @param subject of these tokens; a star at the end stands for anything
 */
public record Role(
    Partition partition,
    String account,
    String path,
    String name,
    Set<String> trusted,
    @Nullable String externalId,
    Duration maxSession,
    boolean tagSessions,
    boolean needsMfa,
    @Nullable String audience,
    String subject) {

  /** Copies the trusted. */
  public Role {
    trusted = Set.copyOf(trusted);
  }

  /** A role of the partition aws that nobody may assume, for an hour at most. */
  public static Role of(String account, String name) {
    return new Role(
        Partition.AWS,
        account,
        "/",
        name,
        Set.of(),
        null,
        Duration.ofHours(1),
        true,
        false,
        null,
        "");
  }

  /** In another partition. */
  public Role partition(Partition other) {
    return new Role(
        other,
        account,
        path,
        name,
        trusted,
        externalId,
        maxSession,
        tagSessions,
        needsMfa,
        audience,
        subject);
  }

  /** With a path, such as {@code /teams/}. */
  public Role path(String other) {
    return new Role(
        partition,
        account,
        other,
        name,
        trusted,
        externalId,
        maxSession,
        tagSessions,
        needsMfa,
        audience,
        subject);
  }

  /** Trusting these as well. */
  public Role trusting(String... arns) {
    Set<String> more = new HashSet<>(trusted);
    more.addAll(List.of(arns));
    return new Role(
        partition,
        account,
        path,
        name,
        more,
        externalId,
        maxSession,
        tagSessions,
        needsMfa,
        audience,
        subject);
  }

  /** For those only who say this external id. */
  public Role externalId(String other) {
    return new Role(
        partition,
        account,
        path,
        name,
        trusted,
        other,
        maxSession,
        tagSessions,
        needsMfa,
        audience,
        subject);
  }

  /** For as long as this. */
  public Role maxSession(Duration other) {
    return new Role(
        partition,
        account,
        path,
        name,
        trusted,
        externalId,
        other,
        tagSessions,
        needsMfa,
        audience,
        subject);
  }

  /** Without tags of sessions. */
  public Role withoutTags() {
    return new Role(
        partition,
        account,
        path,
        name,
        trusted,
        externalId,
        maxSession,
        false,
        needsMfa,
        audience,
        subject);
  }

  /** For those only who have shown a code. */
  public Role needingMfa() {
    return new Role(
        partition,
        account,
        path,
        name,
        trusted,
        externalId,
        maxSession,
        tagSessions,
        true,
        audience,
        subject);
  }

  /** Trusting web identity tokens of the stand-in's issuer for this audience and subject. */
  public Role trustingWebIdentity(String audience, String subject) {
    return new Role(
        partition,
        account,
        path,
        name,
        trusted,
        externalId,
        maxSession,
        tagSessions,
        needsMfa,
        audience,
        subject);
  }

  /** The ARN, such as {@code arn:aws:iam::111122223333:role/Deploy}. */
  public String arn() {
    return "arn:" + partition.id() + ":iam::" + account + ":role" + path + name;
  }

  boolean trusts(Identity who) {
    return trusted.contains("*")
        || trusted.contains(who.arn())
        || trusted.contains(who.principalArn())
        || trusted.contains(who.account())
        || trusted.contains("arn:" + partition.id() + ":iam::" + who.account() + ":root");
  }

  boolean trustsSubject(String other) {
    return subject.endsWith("*")
        ? other.startsWith(subject.substring(0, subject.length() - 1))
        : other.equals(subject);
  }
}
