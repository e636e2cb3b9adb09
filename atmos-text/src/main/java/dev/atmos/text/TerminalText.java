package dev.atmos.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Text made safe to display. A character that would steer the terminal, turn the direction of
 * writing around, break the line or not be seen at all never gets there.
 *
 * @see <a href="https://www.unicode.org/reports/tr36/">Unicode Technical Report 36, security
 *     considerations</a>
 */
public final class TerminalText {
  private static final String HIDDEN = "?";
  private static final String CUT = "...";

  private TerminalText() {}

  /** The text on one line, with a question mark for each character that is not visible. */
  public static String line(String text) {
    return replaced(text, character -> HIDDEN);
  }

  /** {@link #line(String)}, cut after so many characters; three dots show that it was cut. */
  public static String line(String text, int longest) {
    if (text.length() <= longest) {
      return line(text);
    }
    boolean splitsPair = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1));
    return line(text.substring(0, splitsPair ? longest - 1 : longest)) + CUT;
  }

  /**
   * The text on one line, with {@code \}{@code u{202e}} for each character that is not visible: two
   * texts that differ look different.
   */
  public static String escaped(String text) {
    return replaced(text, character -> "\\u{" + Integer.toHexString(character) + "}");
  }

  private static String replaced(String text, IntFunction<String> replacement) {
    if (isVisible(text)) {
      return text;
    }
    return text.codePoints()
        .mapToObj(c -> isVisible(c) ? Character.toString(c) : replacement.apply(c))
        .collect(Collectors.joining());
  }

  /** The lines of a text, each {@link #escaped}; a line feed at the end begins no line. */
  public static List<String> escapedLines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      lines.add(escaped(text.substring(start, end)));
      start = end + 1;
    }
    return lines;
  }

  /** A character as a message names it: in quotes if it is visible, else its code point. */
  public static String character(int character) {
    if (character == ' ') {
      return "a blank";
    }
    if (character > ' ' && character < 0x7F) {
      return "'" + (char) character + "'";
    }
    return "U+%04X".formatted(character);
  }

  /** Whether all characters of a text are visible; a line feed isn't. */
  public static boolean isVisible(String text) {
    // Without a stream: every line that is shown comes here, and the first stream is costly.
    for (int i = 0; i < text.length(); i++) {
      int character = text.codePointAt(i);
      if (!isVisible(character)) {
        return false;
      }
      i += Character.charCount(character) - 1;
    }
    return true;
  }

  /** Whether a character can be seen, is known to this Java, and changes nothing but its place. */
  public static boolean isVisible(int character) {
    if (character < 0x7F) {
      return character >= ' ';
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          // Those other than U+0020, which a reader can't tell from it.
          Character.SPACE_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> !isBlank(character);
    };
  }

  /** Letters, marks and symbols that show nothing: fillers, joiners and variation selectors. */
  private static boolean isBlank(int character) {
    return character == 0x034F
        || character == 0x115F
        || character == 0x1160
        || character == 0x17B4
        || character == 0x17B5
        || (character >= 0x180B && character <= 0x180F)
        || character == 0x2800
        || character == 0x3164
        || (character >= 0xFE00 && character <= 0xFE0F)
        || character == 0xFFA0
        || (character >= 0xE0100 && character <= 0xE01EF);
  }

  /** A visible text that is no wider than so many columns; three dots show that it was cut. */
  public static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      width += width(character);
      if (width > columns - CUT.length()) {
        break;
      }
      cut.appendCodePoint(character);
      i += Character.charCount(character);
    }
    return cut.append(CUT).toString();
  }

  /** A visible text followed by as many blanks as make it so many columns wide. */
  public static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  /** How many columns of a terminal a visible text takes. */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      int character = text.codePointAt(i);
      width += width(character);
      i += Character.charCount(character) - 1;
    }
    return width;
  }

  /** Unicode's East Asian Width, in ranges coarse enough to be read; all others count one. */
  private static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || (character >= 0x1160 && character <= 0x11FF)) {
      return 0;
    }
    boolean wide =
        (character >= 0x1100 && character <= 0x115F)
            || (character >= 0x2E80 && character <= 0x303E)
            || (character >= 0x3041 && character <= 0xA4CF)
            || (character >= 0xA960 && character <= 0xA97C)
            || (character >= 0xAC00 && character <= 0xD7A3)
            || (character >= 0xF900 && character <= 0xFAFF)
            || (character >= 0xFE30 && character <= 0xFE6F)
            || (character >= 0xFF01 && character <= 0xFF60)
            || (character >= 0xFFE0 && character <= 0xFFE6)
            || (character >= 0x1F300 && character <= 0x1F64F)
            || (character >= 0x1F680 && character <= 0x1F6FF)
            || (character >= 0x1F900 && character <= 0x1F9FF)
            || (character >= 0x20000 && character <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
