package dev.atmos.text;

/** The two halves of a character beyond U+FFFF, of which one alone is no character. */
public final class Surrogates {
  private static final char REPLACEMENT = '\uFFFD';

  private Surrogates() {}

  /** The text with U+FFFD for each half that is alone, for which UTF-8 has no bytes. */
  public static String withoutHalves(String text) {
    StringBuilder whole = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      if (whole == null) {
        whole = new StringBuilder(text);
      }
      whole.setCharAt(i, REPLACEMENT);
    }
    return whole == null ? text : whole.toString();
  }
}
