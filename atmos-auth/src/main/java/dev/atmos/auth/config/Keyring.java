package dev.atmos.auth.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where sign-in state is kept.
 *
 * @param type which store, and no other; null where atmos is to find one that works
 * @param path the directory of the {@code file} store; null for the usual one
 * @param passwordVariable the variable that holds the password of the {@code file} store
 */
public record Keyring(@Nullable Type type, @Nullable String path, String passwordVariable) {

  /** Nothing is said of it. */
  public static final Keyring DEFAULT = new Keyring(null, null, "ATMOS_KEYRING_PASSWORD");

  /** The stores. */
  public enum Type {
    /** The operating system's keyring. */
    SYSTEM,
    /** Files under a password. */
    FILE,
    /** Files that only the user can read. */
    PLAIN,
    /** Nothing outlives the process. */
    MEMORY,
    /** Nothing is kept. */
    NONE;

    /** The word that the configuration has for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
