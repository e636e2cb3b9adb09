package dev.atmos.cli.view;

import java.util.Locale;

/** Keys and variables whose values are taken for secrets where nothing else is known of them. */
public final class SecretNames {
  private static final String[] WORDS = {
    "secret",
    "password",
    "passwd",
    "passphrase",
    "token",
    "credential",
    "privatekey",
    "accesskey",
    "apikey",
    "authorization"
  };

  private SecretNames() {}

  /** Whether a name speaks of a secret, in any case, with {@code _}, {@code -} or nothing in it. */
  public static boolean contains(String name) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-' && c != '.' && c != ' ') {
        letters.append(c);
      }
    }
    // The id of a key is none: it is in every request that AWS logs.
    String text = letters.toString().toLowerCase(Locale.ROOT).replace("accesskeyid", "");
    for (String word : WORDS) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether all that stands below a mapping of that name is a secret. Not below {@code
   * credentials}: these have a region and an account beside the secret, and names for each.
   */
  static boolean coversMapping(String name) {
    return contains(name.toLowerCase(Locale.ROOT).replace("credential", ""));
  }
}
