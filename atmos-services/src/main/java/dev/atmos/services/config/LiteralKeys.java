package dev.atmos.services.config;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Identities that sign with a key that their own file holds as it is, as for a stand-in of AWS on
 * this machine, and that consist, with all that they go through, of nothing but texts of that file.
 * Wherever their requests go, they carry nothing that is the user's. What a tag makes may be the
 * user's, even if the user has approved it: for a host of AWS. So may the code of an MFA device.
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
      if (!isLiteral(at, file, Collections.newSetFromMap(new IdentityHashMap<>()))) {
        return false;
      }
      switch (text(at, "kind")) {
        case "aws/user" -> {
          ConfigMap credentials = map(at, "credentials");
          return credentials != null
              && !credentials.entries().containsKey("mfa_arn")
              && !text(credentials, "access_key_id").isEmpty()
              && !text(credentials, "secret_access_key").isEmpty();
        }
        case "aws/assume-role", "aws/assume-root" -> {
          ConfigMap via = map(at, "via");
          ConfigMap identities = map(auth, "identities");
          at = via == null ? null : map(identities, text(via, "identity"));
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

  private static String text(ConfigMap map, String key) {
    ConfigMap.Entry entry = map.entries().get(key);
    return entry != null && entry.value() instanceof ConfigText text && !text.isNull()
        ? text.text()
        : "";
  }

  /**
   * Whether a value, and all below it, stands in a file as it is.
   *
   * @param known what does: aliases of aliases can bring it to places without end
   */
  private static boolean isLiteral(ConfigValue value, String file, Set<ConfigValue> known) {
    if (!file.equals(value.position().source().name()) || value instanceof DeferredValue) {
      return false;
    }
    if (value instanceof ConfigText text) {
      return text.argument() == null;
    }
    if (known.add(value)) {
      if (value instanceof ConfigList list) {
        return list.items().stream().allMatch(item -> isLiteral(item, file, known));
      }
      if (value instanceof ConfigMap map) {
        return map.entries().values().stream()
            .allMatch(entry -> isLiteral(entry.value(), file, known));
      }
    }
    return true;
  }
}
