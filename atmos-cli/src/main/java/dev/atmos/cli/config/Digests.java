package dev.atmos.cli.config;

import java.nio.charset.StandardCharsets;

/** SHA-256, in hex. */
final class Digests {
  /** How long such a text is. */
  static final int LENGTH = 64;

  private Digests() {}

  static String of(byte[] bytes) {
    return dev.atmos.services.system.Digests.sha256Hex(bytes);
  }

  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}
