package dev.atmos.cli.view;

import java.util.List;
import java.util.Locale;

/** Keys and variables whose values are taken for secrets where nothing else is known of them. */
public final class SecretNames {
  private static final List<String> WORDS =
      List.of(
          "secret",
          "password",
          "passwd",
          "passphrase",
          "token",
          "credential",
          "privatekey",
          "accesskey",
          "apikey",
          "authorization");

  private SecretNames() {}

  /** Whether a name speaks of a secret, in any case, with {@code _}, {@code -} or nothing in it. */
  public static boolean contains(String name) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ("_-. ".indexOf(c) < 0) {
        letters.append(c);
      }
    }
    // The id of a key is none: it is in every request that AWS logs.
    String text = letters.toString().toLowerCase(Locale.ROOT).replace("accesskeyid", "");
    return WORDS.stream().anyMatch(text::contains);
  }

  /**
   * Whether all that stands below a mapping of that name is a secret. Not below {@code
   * credentials}: these have a region and an account beside the secret, and names for each.
   */
  static boolean coversMapping(String name) {
    return contains(name.toLowerCase(Locale.ROOT).replace("credential", ""));
  }
}
