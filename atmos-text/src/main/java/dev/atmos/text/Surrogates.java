package dev.atmos.text;

import java.nio.charset.StandardCharsets;

/** The two halves of a character beyond U+FFFF, of which one alone is no character. */
public final class Surrogates {
  private Surrogates() {}

  /** The text with U+FFFD for each half that is alone, for which UTF-8 has no bytes. */
  public static String withoutHalves(String text) {
    // Encoding replaces what it can't encode, and nothing else is lost on the way.
    return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
  }
}
