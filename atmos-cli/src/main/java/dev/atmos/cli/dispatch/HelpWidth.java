package dev.atmos.cli.dispatch;

import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.Terminal;
import java.util.Optional;

/** Fits help to a terminal that is narrower than usual. */
public final class HelpWidth {
  /** What help is written for. */
  static final int USUAL = 80;

  private static final int LEAST = 40;

  private HelpWidth() {}

  /** The columns of help: of COLUMNS if it says some, else of the terminal; 40 to 80. */
  public static int of(Environment environment, Terminal terminal) {
    Optional<String> said = environment.get("COLUMNS").filter(text -> text.matches("[0-9]{1,6}"));
    int columns =
        said.isPresent()
            ? Integer.parseInt(said.get())
            : terminal.isInteractive() ? terminal.columns() : USUAL;
    return Math.clamp(columns, LEAST, USUAL);
  }

  /**
   * The help with no line that is longer, but for examples, which have to work when they are
   * pasted. What is beside the name of a command or an option comes below it.
   *
   * @param help with each paragraph and each row in one line
   */
  public static String fit(String help, int columns) {
    if (columns >= USUAL) {
      return help;
    }
    StringBuilder text = new StringBuilder();
    boolean synopsis = true;
    for (String line : help.lines().toList()) {
      String words = line.strip();
      int indent = line.indexOf(words);
      int gap = words.indexOf("  ", words.startsWith("-") ? 0 : 1);
      synopsis &= !line.isEmpty();
      if (indent > 0 && gap > 0) {
        fold(text, words.substring(0, gap), indent, indent, columns);
        fold(text, words.substring(gap).strip(), 8, 8, columns);
      } else if (indent == 0 || synopsis) {
        fold(text, words, indent, synopsis ? indent + 2 : indent, columns);
      } else {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  private static void fold(StringBuilder text, String words, int first, int others, int columns) {
    int indent = first;
    String left = words;
    while (indent + left.length() > columns) {
      int space = left.lastIndexOf(' ', columns - indent);
      if (space <= 0) {
        break;
      }
      text.repeat(' ', indent).append(left, 0, space).append('\n');
      left = left.substring(space + 1);
      indent = others;
    }
    text.repeat(' ', left.isEmpty() ? 0 : indent).append(left).append('\n');
  }
}
