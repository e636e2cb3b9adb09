package dev.atmos.aws.eks.token;

import dev.atmos.services.system.Digests;
import java.security.MessageDigest;

/**
 * SHA-256, and HMAC (RFC 2104) with it. The JDK's {@code javax.crypto.Mac} computes the same, but
 * initializes all of JCE first, which costs more than the rest of a token.
 */
final class Sha256 {
  private static final int BLOCK_BYTES = 64;

  private final MessageDigest digest;

  Sha256() {
    digest = Digests.sha256();
  }

  /** The digest of some bytes: 32 bytes. */
  byte[] hash(byte[] bytes) {
    return digest.digest(bytes);
  }

  /** The code of a message under a key of any length: 32 bytes. */
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
