package dev.atmos.auth.store;

import dev.atmos.plugin.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
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
 * The key of encrypted entries, and how it was made. Two independent values are derived from one
 * secret (HKDF-Expand, RFC 5869): the key of the cipher, and a check that an entry shows, which
 * distinguishes a wrong password from damage.
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

  static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** Of a random key. */
  static EntryKey ofRandom(byte[] key) {
    return new EntryKey(KeyDerivation.NONE, new SecretKeySpec(key, "Generic"));
  }

  /** Of a password. Takes about half a second, which is its purpose. */
  static EntryKey ofPassword(Secret password, KeyDerivation kdf) {
    char[] characters = password.reveal().toCharArray();
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

  /** Differs from key to key; in Base64. */
  String check() {
    return check;
  }
}
