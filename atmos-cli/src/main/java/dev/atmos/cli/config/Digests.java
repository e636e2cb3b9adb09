package dev.atmos.cli.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, in hex. */
final class Digests {
  /** How long such a text is. */
  static final int LENGTH = 64;

  private static final String DIGITS = "0123456789abcdef";

  private Digests() {}

  static String of(byte[] bytes) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    StringBuilder hex = new StringBuilder(LENGTH);
    for (byte b : digest) {
      hex.append(DIGITS.charAt((b >> 4) & 0xF)).append(DIGITS.charAt(b & 0xF));
    }
    return hex.toString();
  }

  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}
