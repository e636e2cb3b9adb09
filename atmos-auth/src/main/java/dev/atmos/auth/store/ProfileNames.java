package dev.atmos.auth.store;

import dev.atmos.services.system.Digests;
import java.nio.charset.StandardCharsets;

/**
 * Names of profiles in the AWS tools' files. Account names hold blanks and slashes, which not every
 * tool takes there; ASCII letters, digits, '.', '-' and '_' all do.
 */
public final class ProfileNames {
  private static final int LONGEST = 64;
  private static final int DIGITS_OF_DIGEST = 8;

  private ProfileNames() {}

  /**
   * The name of an identity's profile: its own, where every tool takes that. Else what is left of
   * it with a part of its digest, so that different names stay different.
   */
  public static String of(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    for (int i = 0; i < name.length() && safe.length() < LONGEST; i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || (!safe.isEmpty() && (c == '.' || c == '_' || c == '-'))) {
        safe.append(c);
      } else if (!safe.isEmpty() && safe.charAt(safe.length() - 1) != '-') {
        safe.append('-');
      }
    }
    if (name.contentEquals(safe) && !name.isEmpty()) {
      return name;
    }
    if (!safe.isEmpty() && safe.charAt(safe.length() - 1) != '-') {
      safe.append('-');
    }
    return safe.append(
            Digests.sha256Hex(name.getBytes(StandardCharsets.UTF_8)), 0, DIGITS_OF_DIGEST)
        .toString();
  }
}
