package dev.atmos.plugin.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names one entry of a {@link CredentialStore}. The letters are chosen so that an entry can be a
 * file, an item of a keyring or a part of a URL on any system as it is: no separators, no case, no
 * end that a file system would drop.
 */
public final class CredentialKey implements Comparable<CredentialKey> {
  private final String kind;
  private final String id;

  private CredentialKey(String kind, String id) {
    if (!isPart(kind, LONGEST_KIND) || !isLetter(kind.charAt(0))) {
      throw new IllegalArgumentException("not the kind of an entry of a credential store");
    }
    if (!isPart(id, LONGEST_ID)) {
      throw new IllegalArgumentException("not the id of an entry of a credential store");
    }
    this.kind = kind;
    this.id = id;
  }

  /**
   * With these parts.
   *
   * @param kind what the entry is, such as {@code sso-session}: 1 to 32 lower-case letters, digits
   *     and dashes, a letter first
   * @param id which one, most often a fingerprint: 1 to 96 lower-case letters, digits and dashes,
   *     no dash first
   * @throws IllegalArgumentException if a part is anything else; the message doesn't show it
   */
  public static CredentialKey of(String kind, String id) {
    return new CredentialKey(kind, id);
  }

  /**
   * What the entry is, such as {@code sso-session}: 1 to 32 lower-case letters, digits and dashes,
   * a letter first.
   */
  public String kind() {
    return kind;
  }

  /**
   * Which one, most often a fingerprint: 1 to 96 lower-case letters, digits and dashes, no dash
   * first.
   */
  public String id() {
    return id;
  }

  private static final int LONGEST_KIND = 32;
  private static final int LONGEST_ID = 96;
  private static final char SEPARATOR = '_';

  /**
   * The key as one name, by which it can be a file: {@code <kind>_<id>}. It is never one of the
   * names that Windows keeps for devices.
   */
  public String fileName() {
    return kind + SEPARATOR + id;
  }

  /** The key of a file's name; empty if that is none of {@link #fileName}. */
  public static Optional<CredentialKey> ofFileName(String name) {
    int separator = name.indexOf(SEPARATOR);
    if (separator < 0) {
      return Optional.empty();
    }
    String kind = name.substring(0, separator);
    String id = name.substring(separator + 1);
    return isPart(kind, LONGEST_KIND) && isLetter(kind.charAt(0)) && isPart(id, LONGEST_ID)
        ? Optional.of(new CredentialKey(kind, id))
        : Optional.empty();
  }

  private static boolean isPart(@Nullable String text, int longest) {
    if (text == null || text.isEmpty() || text.length() > longest || text.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && c != '-' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  /** By kind, then by id. */
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
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof CredentialKey that
        && java.util.Objects.equals(kind, that.kind)
        && java.util.Objects.equals(id, that.id);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hash(kind, id);
  }
}
