package dev.atmos.cli.data;

import java.util.Locale;

/**
 * Texts as YAML scalars that a reader of YAML 1.1 and one of YAML 1.2 take for the same texts (<a
 * href="https://yaml.org/type/">YAML 1.1's types</a>, <a
 * href="https://yaml.org/spec/1.2.2/#103-core-schema">YAML 1.2's core schema</a>). In doubt, a text
 * is quoted.
 */
final class Scalars {
  /** What may stand anywhere in a plain scalar, beside letters and digits. */
  private static final String HARMLESS = "_-./@+=$()<>;\\*!?&%^~|'";

  /** What a plain scalar may begin with, beside letters. */
  private static final String BEGINNINGS = "_/$(<\\~.";

  /** What numbers, dates and times are made of, in any base and notation. */
  private static final String NUMERIC = "0123456789abcdefxotz_.:+- ";

  private Scalars() {}

  /** The text, quoted if need be. */
  static String write(String text) {
    String whole = Texts.whole(text);
    if (isPlain(whole)) {
      return whole;
    }
    return isPrintable(whole) ? "'" + whole.replace("'", "''") + "'" : escaped(whole);
  }

  /** A text as a comment: on one line, and of characters that a reader accepts. */
  static String comment(String text) {
    StringBuilder comment = new StringBuilder();
    Texts.whole(text)
        .codePoints()
        .forEach(c -> comment.appendCodePoint(c == ' ' || isPrintable(c) ? c : '?'));
    return comment.toString();
  }

  private static boolean isPlain(String text) {
    if (text.isEmpty()
        || !(isLetter(text.charAt(0))
            || isDigit(text.charAt(0))
            || BEGINNINGS.indexOf(text.charAt(0)) >= 0)) {
      return false;
    }
    int last = text.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      boolean harmless =
          isLetter(c)
              || isDigit(c)
              || HARMLESS.indexOf(c) >= 0
              || ((c == ' ' || c == ':') && i < last && text.charAt(i + 1) != ' ');
      if (!harmless) {
        return false;
      }
    }
    return !isSomethingElse(text.toLowerCase(Locale.ROOT));
  }

  /** Whether some reader could take it for anything but a text. */
  private static boolean isSomethingElse(String text) {
    switch (text) {
      case "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", "inf", "nan" -> {
        return true;
      }
      default -> {
        // Numbers begin with a digit, or with a dot: signs are quoted anyway.
      }
    }
    char first = text.charAt(0);
    if (first == '.') {
      return !text.startsWith("./")
          && !text.startsWith("../")
          && (text.length() == 1
              || !isLetter(text.charAt(1))
              || text.equals(".inf")
              || text.equals(".nan"));
    }
    if (!isDigit(first)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (NUMERIC.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= 0xA1 && Character.isLetter(c) && isPrintable(c));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isPrintable(String text) {
    return text.codePoints().allMatch(c -> c == ' ' || isPrintable(c));
  }

  /** Whether a reader shows it as what it is, and none takes it for a blank or a line break. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String escaped(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"', '\\' -> quoted.append('\\').append((char) c);
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
              if (c == ' ' || isPrintable(c)) {
                quoted.appendCodePoint(c);
              } else if (c <= 0xFF) {
                hexadecimal(quoted.append("\\x"), c, 2);
              } else if (c <= 0xFFFF) {
                hexadecimal(quoted.append("\\u"), c, 4);
              } else {
                hexadecimal(quoted.append("\\U"), c, 8);
              }
            }
          }
        });
    return quoted.append('"').toString();
  }

  private static void hexadecimal(StringBuilder out, int c, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
      out.append(Character.forDigit((c >> (4 * i)) & 0xF, 16));
    }
  }
}
