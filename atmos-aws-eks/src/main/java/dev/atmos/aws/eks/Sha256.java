package dev.atmos.aws.eks;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256, and HMAC (RFC 2104) over it. The JDK's {@code javax.crypto.Mac} computes the same, but
 * brings up the whole of JCE first, which costs more than the rest of a token.
 */
final class Sha256 {
  private static final int BLOCK_BYTES = 64;

  private final MessageDigest digest;

  Sha256() {
    digest = sha256();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256", new DigestProvider());
    } catch (NoSuchAlgorithmException e) {
      return anySha256();
    }
  }

  /** For a JDK that keeps its SHA-256 elsewhere. */
  private static MessageDigest anySha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The digest of some bytes; 32 bytes long. */
  byte[] hash(byte[] bytes) {
    return digest.digest(bytes);
  }

  /** The code of a message under a key of any length; 32 bytes long. */
  byte[] hmac(byte[] key, byte[] message) {
    byte[] shortKey = key.length > BLOCK_BYTES ? hash(key) : key;
    digest.update(padded(shortKey, (byte) 0x36));
    byte[] inner = digest.digest(message);
    digest.update(padded(shortKey, (byte) 0x5c));
    return digest.digest(inner);
  }

  private static byte[] padded(byte[] key, byte pad) {
    byte[] block = new byte[BLOCK_BYTES];
    for (int i = 0; i < BLOCK_BYTES; i++) {
      block[i] = i < key.length ? (byte) (key[i] ^ pad) : pad;
    }
    return block;
  }
}
