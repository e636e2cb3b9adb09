package dev.atmos.services.config;

import org.jspecify.annotations.Nullable;

/**
 * Identities that sign with nothing but a key that their own file holds as it is, as for a stand-in
 * of AWS on this machine. Wherever their requests go, they carry nothing that is the user's. A code
 * of an MFA device would be the user's, so that an identity with one doesn't count.
 */
public final class LiteralKeys {
  private static final int LONGEST_CHAIN = 10;

  private LiteralKeys() {}

  /**
   * Whether all that a definition sends comes from the file in which it stands.
   *
   * @param auth the section {@code auth}; null if it isn't known
   */
  public static boolean onlySigner(@Nullable ConfigMap auth, ConfigMap definition) {
    String file = definition.position().source().name();
    ConfigMap at = definition;
    for (int i = 0; i < LONGEST_CHAIN && at != null; i++) {
      if (!file.equals(at.position().source().name())) {
        return false;
      }
      switch (literal(at, "kind", file)) {
        case "aws/user" -> {
          ConfigMap credentials = map(at, "credentials");
          return credentials != null
              && !credentials.entries().containsKey("mfa_arn")
              && !literal(credentials, "access_key_id", file).isEmpty()
              && !literal(credentials, "secret_access_key", file).isEmpty();
        }
        case "aws/assume-role", "aws/assume-root" -> {
          ConfigMap via = map(at, "via");
          ConfigMap identities = map(auth, "identities");
          at =
              via == null || identities == null
                  ? null
                  : map(identities, literal(via, "identity", file));
        }
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  private static @Nullable ConfigMap map(@Nullable ConfigMap map, String key) {
    ConfigMap.Entry entry = map == null ? null : map.entries().get(key);
    return entry != null && entry.value() instanceof ConfigMap below ? below : null;
  }

  /** A text that the file itself holds; empty for none. */
  private static String literal(ConfigMap map, String key, String file) {
    ConfigMap.Entry entry = map.entries().get(key);
    return entry != null
            && entry.value() instanceof ConfigText text
            && text.variable() == null
            && !text.isNull()
            && file.equals(text.position().source().name())
        ? text.text()
        : "";
  }
}
