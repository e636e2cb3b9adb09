package dev.atmos.services.policy;

import org.jspecify.annotations.Nullable;

/**
 * The account that an access key id holds: AWS puts its number behind the prefix, in base 32. Keys
 * that were made before 2019 don't have it.
 */
public final class AccessKeyAccount {
  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LENGTH = 20;
  private static final int PREFIX = 4;

  /** The letters up to this one begin older keys. */
  private static final char LAST_OF_OLDER_KEYS = 'P';

  private AccessKeyAccount() {}

  /** The 12 digits of the account; null if the id doesn't tell. */
  public static @Nullable String of(String accessKeyId) {
    if (accessKeyId.length() != LENGTH
        || !(accessKeyId.startsWith("AKIA") || accessKeyId.startsWith("ASIA"))
        || isOlder(accessKeyId.charAt(PREFIX))) {
      return null;
    }
    long bits = 0;
    // The first bit marks newer keys, and the account is the next 40.
    for (int i = PREFIX; i < PREFIX + 9; i++) {
      int digit = DIGITS.indexOf(accessKeyId.charAt(i));
      if (digit < 0) {
        return null;
      }
      bits = (bits << 5) | digit;
    }
    String number = Long.toString((bits >> 4) & 0xFF_FFFF_FFFFL);
    return number.length() > 12 ? null : "0".repeat(12 - number.length()) + number;
  }

  private static boolean isOlder(char first) {
    return first >= 'A' && first <= LAST_OF_OLDER_KEYS;
  }
}
