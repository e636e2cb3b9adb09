package dev.atmos.cli.completion;

import dev.atmos.text.TerminalText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * What could stand in the place of the word that is being typed, in the form that the shells'
 * scripts read: a candidate per line, with a tab and its description after it if it has one, and a
 * last line of a colon, a directive and perhaps a tab and a text. The directives are
 *
 * <ul>
 *   <li>{@code nofiles}: nothing but these candidates;
 *   <li>{@code files}, {@code directories}: what is there of those, too, after the text, which the
 *       word begins with;
 *   <li>{@code nospace} after one of them and a blank: a candidate that ends with a slash is not
 *       the whole word.
 * </ul>
 *
 * Candidates are whole words, unquoted, and need not begin with what was typed: shells have their
 * own ways of comparing.
 */
public final class CompletionOutput {
  /** No candidate. */
  public static final String NOTHING = ":nofiles\n";

  /** What is completed by the shell itself, by the names of the directives. */
  enum Files {
    NOFILES,
    FILES,
    DIRECTORIES
  }

  private final Map<String, String> words = new LinkedHashMap<>();
  private Files files = Files.NOFILES;
  private boolean space = true;
  private String prefix = "";

  boolean isEmpty() {
    return words.isEmpty() && files == Files.NOFILES;
  }

  /**
   * Adds a word, unless it couldn't be shown on one line of a terminal; the description may be "".
   */
  void add(String word, String description) {
    if (TerminalText.isVisible(word)) {
      words.putIfAbsent(word, TerminalText.line(description));
    }
  }

  /** Adds what the shell finds, where the word that is typed begins with that prefix. */
  void addFiles(Files kind, String before) {
    if (TerminalText.isVisible(before)) {
      files = kind;
      prefix = before;
    }
  }

  /** A word that ends with a slash is to be typed on. */
  void open() {
    space = false;
  }

  /** The lines. */
  String render() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> each : words.entrySet()) {
      text.append(each.getKey()).append(afterTab(each.getValue())).append('\n');
    }
    text.append(':').append(files.name().toLowerCase(Locale.ROOT));
    text.append(space ? "" : " nospace").append(afterTab(prefix)).append('\n');
    return text.toString();
  }

  private static String afterTab(String text) {
    return text.isEmpty() ? "" : "\t" + text;
  }

  /** The first part of a description as picocli takes it, without its full stop. */
  static String summary(String[] description) {
    String first = "";
    for (int i = 0; first.isBlank() && i < description.length; i++) {
      first = description[i];
    }
    String plain = Ansi.OFF.string(first.replace("%%", "%"));
    String text = plain.split("%n|\n|\\. |; ", 2)[0].strip();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
