package dev.atmos.plugin.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names one entry of a {@link CredentialStore}. The characters are chosen so that an entry can be a
 * file, an item of a keyring or a part of a URL on any system as it is: no separators, no upper
 * case, no trailing characters that a file system would drop. Immutable.
 */
public final class CredentialKey implements Comparable<CredentialKey> {
  private static final int LONGEST_KIND = 32;
  private static final int LONGEST_ID = 96;
  private static final char SEPARATOR = '_';

  private final String kind;
  private final String id;

  private CredentialKey(String kind, String id) {
    if (!isKind(kind)) {
      throw new IllegalArgumentException("not the kind of an entry of a credential store");
    }
    if (!isPart(id, LONGEST_ID)) {
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
    int separator = name.indexOf(SEPARATOR);
    if (separator < 0) {
      return Optional.empty();
    }
    String kind = name.substring(0, separator);
    String id = name.substring(separator + 1);
    return isKind(kind) && isPart(id, LONGEST_ID)
        ? Optional.of(new CredentialKey(kind, id))
        : Optional.empty();
  }

  private static boolean isKind(@Nullable String text) {
    return text != null && isPart(text, LONGEST_KIND) && isLetter(text.charAt(0));
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
  public boolean equals(@Nullable Object other) {
    return other instanceof CredentialKey that && kind.equals(that.kind) && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + id.hashCode();
  }
}
