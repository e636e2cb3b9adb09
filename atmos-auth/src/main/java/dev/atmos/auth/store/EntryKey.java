package dev.atmos.auth.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What entries are encrypted with, and how it was made. From one secret come two values that tell
 * nothing of each other (HKDF-Expand, RFC 5869): the key of the cipher, and a check that an entry
 * shows, so that a wrong password can be told from damage.
 */
final class EntryKey {
  /** AES-256. */
  static final int BYTES = 32;

  private static final int CHECK_BYTES = 8;

  private final KeyDerivation kdf;
  private final SecretKey cipherKey;
  private final String check;

  private EntryKey(KeyDerivation kdf, SecretKey secret) {
    this.kdf = kdf;
    try {
      KDF expand = KDF.getInstance("HKDF-SHA256");
      cipherKey = expand.deriveKey("AES", info(secret, "atmos entry 1: key", BYTES));
      check =
          Base64.getEncoder()
              .encodeToString(expand.deriveData(info(secret, "atmos entry 1: check", CHECK_BYTES)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HKDF-SHA256", e);
    }
  }

  private static HKDFParameterSpec info(SecretKey secret, String label, int length) {
    return HKDFParameterSpec.expandOnly(secret, label.getBytes(StandardCharsets.US_ASCII), length);
  }

  /** Of a random key. */
  static EntryKey ofRandom(byte[] key) {
    return new EntryKey(KeyDerivation.NONE, new SecretKeySpec(key, "Generic"));
  }

  /** Of a password. Takes about half a second, which is its purpose. */
  static EntryKey ofPassword(String password, KeyDerivation kdf) {
    char[] characters = password.toCharArray();
    byte[] salt = Base64.getDecoder().decode(kdf.salt());
    PBEKeySpec spec = new PBEKeySpec(characters, salt, kdf.iterations(), BYTES * 8);
    try {
      SecretKeyFactory pbkdf2 = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
      return new EntryKey(
          kdf, new SecretKeySpec(pbkdf2.generateSecret(spec).getEncoded(), "Generic"));
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("not a password that a key can be made of", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
      Arrays.fill(characters, '\0');
    }
  }

  KeyDerivation kdf() {
    return kdf;
  }

  SecretKey cipherKey() {
    return cipherKey;
  }

  /** Tells keys apart, in Base64. */
  String check() {
    return check;
  }
}
