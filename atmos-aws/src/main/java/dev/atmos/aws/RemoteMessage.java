package dev.atmos.aws;

import dev.atmos.text.TerminalText;
import java.util.Arrays;
import java.util.stream.Collectors;

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
    String first = message.strip().lines().findFirst().orElse("").strip();
    String line =
        Arrays.stream(first.split("[ \t]+", -1))
            .map(word -> word.length() > LONGEST_WORD ? "[...]" : TerminalText.line(word))
            .collect(Collectors.joining(" "));
    if (line.length() > LONGEST_LINE) {
      return TerminalText.line(line, LONGEST_LINE);
    }
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
