package dev.atmos.plugin.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names one entry of a {@link CredentialStore}. The characters are chosen so that an entry can be a
 * file, an item of a keyring or a part of a URL on any system as it is: no separators, no upper
 * case, no trailing characters that a file system would drop. Immutable.
 */
public final class CredentialKey implements Comparable<CredentialKey> {
  private static final String KIND = "[a-z][a-z0-9-]{0,31}";
  private static final String ID = "[a-z0-9][a-z0-9-]{0,95}";
  private static final char SEPARATOR = '_';

  private final String kind;
  private final String id;

  private CredentialKey(String kind, String id) {
    if (!kind.matches(KIND)) {
      throw new IllegalArgumentException("not the kind of an entry of a credential store");
    }
    if (!id.matches(ID)) {
      throw new IllegalArgumentException("not the id of an entry of a credential store");
    }
    this.kind = kind;
    this.id = id;
  }

  /**
   * A key.
   *
   * @param kind the type of entry, such as {@code sso-session}: 1 to 32 lower-case letters, digits
   *     and dashes, beginning with a letter
   * @param id the entry, usually a fingerprint: 1 to 96 lower-case letters, digits and dashes, not
   *     beginning with a dash
   * @throws IllegalArgumentException if a part is anything else; the message doesn't show it
   */
  public static CredentialKey of(String kind, String id) {
    return new CredentialKey(kind, id);
  }

  /** The type of entry, such as {@code sso-session}. */
  public String kind() {
    return kind;
  }

  /** The entry, usually a fingerprint. */
  public String id() {
    return id;
  }

  /**
   * The key as the name of a file: {@code <kind>_<id>}. It is never one of the names that Windows
   * reserves for devices.
   */
  public String fileName() {
    return kind + SEPARATOR + id;
  }

  /** The key of a file's name; empty if the name isn't a {@link #fileName}. */
  public static Optional<CredentialKey> ofFileName(String name) {
    if (!name.matches(KIND + SEPARATOR + ID)) {
      return Optional.empty();
    }
    int separator = name.indexOf(SEPARATOR);
    return Optional.of(of(name.substring(0, separator), name.substring(separator + 1)));
  }

  @Override
  public int compareTo(CredentialKey other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : id.compareTo(other.id);
  }

  /** {@code <kind>/<id>}, for messages. */
  @Override
  public String toString() {
    return kind + "/" + id;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CredentialKey that && kind.equals(that.kind) && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + id.hashCode();
  }
}
