package dev.atmos.aws;

import dev.atmos.text.TerminalText;

/** Messages of AWS, of proxies and of the SDK, made safe to display. */
final class RemoteMessage {
  private static final int LONGEST_LINE = 400;
  private static final int LONGEST_WORD = 200;

  private RemoteMessage() {}

  /**
   * The first line, without its full stop. Below that line, AWS repeats the request that it got,
   * and its headers are secrets. A word that is longer than any name, such as a token, is left out
   * for the same reason.
   */
  static String line(String message) {
    String first = message.strip().lines().findFirst().orElse("");
    StringBuilder line = new StringBuilder();
    for (String word : first.split("[ \t]+", -1)) {
      if (!word.isEmpty()) {
        line.append(line.isEmpty() ? "" : " ");
        line.append(word.length() > LONGEST_WORD ? "[...]" : TerminalText.line(word));
      }
    }
    if (line.length() > LONGEST_LINE) {
      return TerminalText.line(line.toString(), LONGEST_LINE);
    }
    boolean stop = !line.isEmpty() && line.charAt(line.length() - 1) == '.';
    return stop ? line.substring(0, line.length() - 1) : line.toString();
  }
}
