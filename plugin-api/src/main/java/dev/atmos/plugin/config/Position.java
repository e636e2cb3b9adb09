package dev.atmos.plugin.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a file of configuration.
 *
 * @param source the file
 * @param line counted from 1
 * @param column in characters, counted from 1
 */
public record Position(Source source, int line, int column) {

  // Longer keys are not shown: they aren't keys of atmos, and may be secrets.
  private static final String KEY = "([ -]*+)([\\w./-]{1,64}+:)(?:| .*)";

  /** What a flow mapping is made of: quoted text, punctuation, and all else. */
  private static final String FLOW =
      "\"(?:\\\\.|[^\"\\\\])*+\"|'[^']*+'|[{}\\[\\],]|[^\"'{}\\[\\],]++";

  /**
   * The line without anything that could be a secret: it shows the key at its beginning and the one
   * at this place, never a value.
   */
  public String excerpt() {
    String text = lineText();
    Matcher key = Pattern.compile(KEY).matcher(text);
    String shown = "";
    int end = 0;
    if (key.matches()) {
      shown = key.group(1) + key.group(2);
      end = key.end(2);
    }
    String rest = text.substring(end);
    String meant = keyIn(rest, column - 1 - end);
    if (!meant.isEmpty()) {
      shown += (shown.isEmpty() ? "... " : " ... ") + meant;
    }
    String more = shown.isEmpty() ? "..." : rest.isBlank() ? "" : " ...";
    return "  " + line + " | " + shown + more;
  }

  /** The last key of a flow mapping that begins at or before an index; empty for none. */
  private static String keyIn(String flow, int index) {
    String found = "";
    boolean first = false;
    Matcher parts = Pattern.compile(FLOW).matcher(flow.matches("[ -]*\\{.*") ? flow : "");
    for (int at = 0; parts.find() && parts.start() == at && at <= index; at = parts.end()) {
      Matcher key = Pattern.compile(KEY).matcher(parts.group());
      if (first && key.matches() && at + key.start(2) <= index) {
        found = key.group(2);
      }
      first = parts.group().equals("{") || parts.group().equals(",");
    }
    return found;
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

  /** The text of the line, by the line breaks of YAML 1.1: the parser counts by these. */
  private String lineText() {
    String text = source.text();
    int start = 0;
    for (int at = 1; at < line; at++) {
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
    while (end < text.length() && "\n\r\u0085\u2028\u2029".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
