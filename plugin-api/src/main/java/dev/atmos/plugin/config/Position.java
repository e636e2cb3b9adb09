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

  /**
   * The line without anything that could be a secret: it shows only a key at the beginning, never a
   * value.
   */
  public String excerpt() {
    // Longer keys are not shown: they aren't keys of atmos, and may be secrets.
    Matcher key = Pattern.compile("([ -]*+[\\w./-]{1,64}+:)(| .*)").matcher(lineText());
    String number = "  " + line + " | ";
    if (!key.matches()) {
      return number + "...";
    }
    return number + key.group(1) + (key.group(2).isBlank() ? "" : " ...");
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
    String[] lines = source.text().split("\r\n|[\n\r\u0085\u2028\u2029]", -1);
    return line <= lines.length ? lines[line - 1] : "";
  }
}
