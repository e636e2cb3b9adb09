package dev.atmos.plugin.kind;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who or what a definition is, as far as the configuration says. Immutable; methods that add
 * something return a changed copy.
 */
public final class Description {

  /** Nothing is known. Start here. */
  public static final Description NONE = new Description(null, null, null, null, null);

  private final @Nullable String account;
  private final @Nullable String principal;
  private final @Nullable String region;
  private final @Nullable String subject;
  private final @Nullable String alias;

  private Description(
      @Nullable String account,
      @Nullable String principal,
      @Nullable String region,
      @Nullable String subject,
      @Nullable String alias) {
    this.account = account;
    this.principal = principal;
    this.region = region;
    this.subject = subject;
    this.alias = alias;
  }

  /** The id of the account, such as 12 digits of AWS. */
  public Optional<String> account() {
    return Optional.ofNullable(account);
  }

  /** Who it is in that account, such as a role's ARN, a permission set or the id of a key. */
  public Optional<String> principal() {
    return Optional.ofNullable(principal);
  }

  /** The region. */
  public Optional<String> region() {
    return Optional.ofNullable(region);
  }

  /** What it is about, in one line, such as an address, a cluster or a registry. */
  public Optional<String> subject() {
    return Optional.ofNullable(subject);
  }

  /** The name of what it sets up, such as a context of a kubeconfig. */
  public Optional<String> alias() {
    return Optional.ofNullable(alias);
  }

  /** With an account. */
  public Description withAccount(@Nullable String id) {
    return new Description(id, principal, region, subject, alias);
  }

  /** With a principal. */
  public Description withPrincipal(@Nullable String name) {
    return new Description(account, name, region, subject, alias);
  }

  /** With a region. */
  public Description withRegion(@Nullable String name) {
    return new Description(account, principal, name, subject, alias);
  }

  /** With a subject. */
  public Description withSubject(@Nullable String line) {
    return new Description(account, principal, region, line, alias);
  }

  /** With an alias. */
  public Description withAlias(@Nullable String name) {
    return new Description(account, principal, region, subject, name);
  }
}
