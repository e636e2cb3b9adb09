package dev.atmos.aws;

import dev.atmos.text.TerminalText;

/** The message of a service or a library, fit to be shown. */
final class RemoteMessage {
  private static final int LONGEST_LINE = 400;
  private static final int LONGEST_WORD = 200;

  private RemoteMessage() {}

  /**
   * The first line, visible, and without its full stop. Below that line, AWS shows the request that
   * it was sent, and its headers are secrets; what is longer than any name, such as a token, is
   * left out for the same reason.
   */
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    String rest = text.strip();
    int start = 0;
    for (int i = 0; i <= rest.length(); i++) {
      char c = i < rest.length() ? rest.charAt(i) : '\n';
      if (c == '\n' || c == '\r' || c == ' ' || c == '\t') {
        append(line, rest.substring(start, i));
        start = i + 1;
        if (c == '\n' || c == '\r') {
          break;
        }
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

  private static void append(StringBuilder line, String word) {
    if (word.isEmpty()) {
      return;
    }
    if (!line.isEmpty()) {
      line.append(' ');
    }
    line.append(word.length() > LONGEST_WORD ? "[...]" : TerminalText.line(word));
  }
}
