package dev.atmos.cli.command;

import java.util.ArrayList;
import java.util.List;

/**
 * A stranger's text, for the terminal: nothing in it steers the terminal, and nothing in it is
 * invisible, such as the marks that turn the direction of writing around.
 */
final class StrangersText {
  private static final String DIGITS = "0123456789abcdef";

  private StrangersText() {}

  /** A text on one line. */
  static String line(String text) {
    StringBuilder shown = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      append(c, shown);
      i += Character.charCount(c);
    }
    return shown.toString();
  }

  /** A text by its lines; a line break at its end makes no line. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      lines.add(line(text.substring(start, end)));
      start = end + 1;
    }
    return lines;
  }

  private static void append(int c, StringBuilder shown) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          escape(c, shown);
      case Character.SPACE_SEPARATOR -> {
        if (c == ' ') {
          shown.append(' ');
        } else {
          escape(c, shown);
        }
      }
      default -> {
        if (isBlank(c)) {
          escape(c, shown);
        } else {
          shown.appendCodePoint(c);
        }
      }
    }
  }

  /** Letters and marks that are nothing to be seen: Hangul's fillers, and variation selectors. */
  private static boolean isBlank(int c) {
    return c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0
        || c == 0x2800
        || c == 0x034F
        || (c >= 0x180B && c <= 0x180F)
        || (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF);
  }

  private static void escape(int c, StringBuilder shown) {
    shown.append("\\u{");
    boolean begun = false;
    for (int shift = 20; shift >= 0; shift -= 4) {
      int digit = (c >> shift) & 0xF;
      begun |= digit != 0 || shift == 0;
      if (begun) {
        shown.append(DIGITS.charAt(digit));
      }
    }
    shown.append('}');
  }
}
