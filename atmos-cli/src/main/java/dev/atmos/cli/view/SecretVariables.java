package dev.atmos.cli.view;

import dev.atmos.plugin.config.Position;

/** Finds values that come from a variable whose name speaks of a secret. */
final class SecretVariables {
  private static final String ENV = "!env";
  private static final String LINE_BREAKS = "\n\r\u0085\u2028\u2029";

  private SecretVariables() {}

  /**
   * Whether a value was written as {@code !env NAME} with such a name: the file says so, where the
   * value no longer does.
   */
  static boolean isAt(Position position) {
    String text = position.source().text();
    int start = 0;
    for (int line = 1; line < position.line(); line++) {
      int end = endOfLine(text, start);
      if (end == text.length()) {
        return false;
      }
      start = end + (text.startsWith("\r\n", end) ? 2 : 1);
    }
    String line = text.substring(start, endOfLine(text, start));
    if (position.column() - 1 >= line.codePointCount(0, line.length())) {
      return false;
    }
    String value = line.substring(line.offsetByCodePoints(0, position.column() - 1)).strip();
    if (value.startsWith("&")) {
      value = value.substring(firstWord(value).length()).strip();
    }
    return value.startsWith(ENV + " ")
        && SecretNames.contains(firstWord(value.substring(ENV.length())));
  }

  /** The part of a text before the first blank that isn't at its beginning. */
  static String firstWord(String text) {
    String stripped = text.strip();
    int end = 0;
    while (end < stripped.length() && !Character.isWhitespace(stripped.charAt(end))) {
      end++;
    }
    return stripped.substring(0, end);
  }

  private static int endOfLine(String text, int start) {
    int end = start;
    while (end < text.length() && LINE_BREAKS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
