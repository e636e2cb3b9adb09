package dev.atmos.auth;

import java.util.List;

/** The user's texts in columns: on one line, steering no terminal, and of a known width. */
public final class Plain {
  private Plain() {}

  /** The text, with a question mark for every character that is not to be seen. */
  public static String text(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      switch (Character.getType(point)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            clean.append('?');
        default -> clean.appendCodePoint(point);
      }
    }
    return clean.toString();
  }

  /** The texts, separated by commas. */
  public static String list(List<String> texts) {
    return text(String.join(", ", texts));
  }

  /** A clean text that is no wider than that; what is missing at its end is three dots. */
  public static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int width = 0;
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      width += width(point);
      if (width > columns - 3) {
        break;
      }
      cut.appendCodePoint(point);
      i += Character.charCount(point);
    }
    return cut.append("...").toString();
  }

  /** A clean text with blanks after it, so that it is at least that wide. */
  public static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  /** How many columns of a terminal a clean text takes. */
  public static int width(String text) {
    int width = 0;
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      width += width(point);
    }
    return width;
  }

  /** Unicode's East Asian Width, in ranges coarse enough to be read; what they miss counts one. */
  private static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || (point >= 0x1160 && point <= 0x11FF)) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0x303E)
            || (point >= 0x3041 && point <= 0xA4CF)
            || (point >= 0xA960 && point <= 0xA97C)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF01 && point <= 0xFF60)
            || (point >= 0xFFE0 && point <= 0xFFE6)
            || (point >= 0x1F300 && point <= 0x1F64F)
            || (point >= 0x1F680 && point <= 0x1F6FF)
            || (point >= 0x1F900 && point <= 0x1F9FF)
            || (point >= 0x20000 && point <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
