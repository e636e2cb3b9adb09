package dev.atmos.aws;

/** What others say, fit to be shown. */
final class Told {
  private static final int LONGEST_LINE = 400;
  private static final int LONGEST_WORD = 200;

  private Told() {}

  /**
   * The first line, without what steers a terminal, and without its full stop. Below that line, AWS
   * shows the request that it was sent, and its headers are secrets; what is longer than any name,
   * such as a token, is left out for the same reason.
   */
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    StringBuilder word = new StringBuilder();
    String rest = text.strip();
    for (int i = 0; i <= rest.length(); i++) {
      char c = i < rest.length() ? rest.charAt(i) : '\n';
      if (c == '\n' || c == '\r' || c == ' ' || c == '\t') {
        append(line, word);
        word.setLength(0);
        if (c == '\n' || c == '\r') {
          break;
        }
      } else {
        word.append(Character.isISOControl(c) || isUnseen(c) ? '?' : c);
      }
    }
    if (line.length() > LONGEST_LINE) {
      line.setLength(LONGEST_LINE);
      line.append("...");
    } else if (line.length() > 0 && line.charAt(line.length() - 1) == '.') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  private static void append(StringBuilder line, StringBuilder word) {
    if (word.isEmpty()) {
      return;
    }
    if (!line.isEmpty()) {
      line.append(' ');
    }
    line.append(word.length() > LONGEST_WORD ? "[...]" : word);
  }

  /** Characters that change the order of others, or aren't seen. */
  private static boolean isUnseen(char c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
