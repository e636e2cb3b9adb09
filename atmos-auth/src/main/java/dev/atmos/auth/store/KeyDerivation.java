package dev.atmos.auth.store;

import java.util.Base64;

/**
 * How the key of an entry is made from what is known, as the entry itself says it: a name and its
 * parameters, so that a later version can have another one.
 *
 * @param name {@code none} where the key is random, or {@link #PBKDF2}
 * @param iterations of PBKDF2
 * @param salt of PBKDF2, in Base64
 */
record KeyDerivation(String name, int iterations, String salt) {
  /** PBKDF2 with HMAC-SHA256, RFC 8018, 5.2. */
  static final String PBKDF2 = "pbkdf2-hmac-sha256";

  static final KeyDerivation NONE = new KeyDerivation("none", 0, "");

  /** What OWASP's Password Storage Cheat Sheet asks for. */
  static final int ITERATIONS = 600_000;

  static final int SALT_BYTES = 16;

  /** An entry that asks for more was not written by us, and would keep us busy. */
  private static final int MOST_ITERATIONS = 4 * ITERATIONS;

  private static final int FEWEST_ITERATIONS = 100_000;

  static KeyDerivation pbkdf2(byte[] salt) {
    return new KeyDerivation(PBKDF2, ITERATIONS, Base64.getEncoder().encodeToString(salt));
  }

  boolean isNone() {
    return name.equals(NONE.name);
  }

  /** As one line. */
  String text() {
    return isNone() ? name : name + " " + iterations + " " + salt;
  }

  static KeyDerivation parse(String text) throws CorruptEntryException {
    if (text.equals(NONE.name)) {
      return NONE;
    }
    String[] words = text.split(" ", -1);
    if (!words[0].equals(PBKDF2)) {
      throw new CorruptEntryException(
          CorruptEntryException.Cause.OTHER_VERSION,
          "its key is made in a way that this atmos doesn't know");
    }
    if (words.length == 3 && words[1].matches("[0-9]{6,8}")) {
      int iterations = Integer.parseInt(words[1]);
      byte[] salt = EncryptedEntry.base64(words[2]);
      boolean isOurs = iterations >= FEWEST_ITERATIONS && iterations <= MOST_ITERATIONS;
      if (isOurs && salt != null && salt.length == SALT_BYTES) {
        return new KeyDerivation(PBKDF2, iterations, words[2]);
      }
    }
    throw CorruptEntryException.damaged("how its key is made can't be read");
  }
}
