package dev.atmos.aws.eks;

import java.util.Locale;

/** Makes what a user typed fit for a message: nothing in it may move a cursor or fill a screen. */
final class Shown {
  private static final int MAX_LENGTH = 60;

  private Shown() {}

  /** The option with its value, or without it where that is long or not plain ASCII. */
  static String value(String option, String value) {
    if (value.length() > MAX_LENGTH) {
      return option;
    }
    for (int i = 0; i < value.length(); i++) {
      if (!isPlain(value.charAt(i))) {
        return option;
      }
    }
    return option + " '" + value + "'";
  }

  /** A name in single quotes, without what would change the line that it stands on. */
  static String name(String name) {
    return "'" + line(name) + "'";
  }

  /** A text without what would change the line that it stands on. */
  static String line(String line) {
    StringBuilder text = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean invisible =
          Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT
              || c == '\u2028'
              || c == '\u2029';
      text.append(invisible ? '?' : c);
    }
    return text.toString();
  }

  /** One character of a text: itself where it is visible ASCII, else its code point. */
  static String character(String text, int index) {
    int codePoint = text.codePointAt(index);
    if (codePoint == ' ') {
      return "a blank";
    }
    if (codePoint < 0x80 && isPlain((char) codePoint)) {
      return "'" + (char) codePoint + "'";
    }
    String hex = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
    return "U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c <= '~';
  }
}
