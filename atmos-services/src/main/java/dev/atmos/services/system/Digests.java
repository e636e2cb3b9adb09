package dev.atmos.services.system;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 (FIPS 180-4) without the JDK's look-up of algorithms, which takes a cold process longer
 * than the hashing itself.
 */
public final class Digests {
  private static final String SHA_256 = "SHA-256";
  private static final String DIGITS = "0123456789abcdef";

  private Digests() {}

  /** A SHA-256 to be fed; not for use by several threads. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance(SHA_256, new DigestProvider());
    } catch (NoSuchAlgorithmException e) {
      return anySha256();
    }
  }

  /** For a JDK that keeps its SHA-256 elsewhere. */
  private static MessageDigest anySha256() {
    try {
      return MessageDigest.getInstance(SHA_256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The SHA-256 of some bytes, as 64 lower-case hexadecimal digits. */
  public static String sha256Hex(byte[] bytes) {
    byte[] digest = sha256().digest(bytes);
    StringBuilder hex = new StringBuilder(digest.length * 2);
    for (byte b : digest) {
      hex.append(DIGITS.charAt((b >> 4) & 0xF)).append(DIGITS.charAt(b & 0xF));
    }
    return hex.toString();
  }
}
