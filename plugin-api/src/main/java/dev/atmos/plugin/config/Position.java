package dev.atmos.plugin.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;

/**
 * A place in a file of configuration.
 *
 * @param source the file
 * @param line counted from 1
 * @param column in characters, counted from 1
 */
public record Position(Source source, int line, int column) {

  /** Longer keys are not shown: they aren't keys of atmos, and may be secrets. */
  private static final int LONGEST_KEY = 64;

  /**
   * The line without anything that could be a secret: it shows only a key at the beginning, never a
   * value.
   */
  public String excerpt() {
    String text = lineText();
    int end = text.length();
    int start = 0;
    while (start < end && (text.charAt(start) == ' ' || text.charAt(start) == '-')) {
      start++;
    }
    int colon = start;
    while (colon < end && isKeyCharacter(text.charAt(colon))) {
      colon++;
    }
    boolean key =
        colon > start
            && colon - start <= LONGEST_KEY
            && colon < end
            && text.charAt(colon) == ':'
            && (colon + 1 == end || text.charAt(colon + 1) == ' ');
    String number = "  " + line + " | ";
    if (!key) {
      return number + "...";
    }
    String shown = text.substring(0, colon + 1);
    return number + (text.substring(colon + 1).isBlank() ? shown : shown + " ...");
  }

  /**
   * A failure at this place: the message, and the excerpt on a second line.
   *
   * @param problem what is wrong, without the place and without a value
   */
  public AtmosException error(String problem) {
    return new AtmosException(ExitCode.USAGE, this + ": " + problem + "\n" + excerpt());
  }

  @Override
  public String toString() {
    return source.name() + ":" + line + ":" + column;
  }

  private String lineText() {
    String text = source.text();
    int start = 0;
    for (int number = 1; number < line; number++) {
      int end = endOfLine(text, start);
      if (end == text.length()) {
        return "";
      }
      start = end + (text.startsWith("\r\n", end) ? 2 : 1);
    }
    return text.substring(start, endOfLine(text, start));
  }

  private static int endOfLine(String text, int start) {
    int end = start;
    while (end < text.length() && !isLineBreak(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The line breaks of YAML 1.1, which is what the parser counts by. */
  private static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
  }

  private static boolean isKeyCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.'
        || c == '/';
  }
}
