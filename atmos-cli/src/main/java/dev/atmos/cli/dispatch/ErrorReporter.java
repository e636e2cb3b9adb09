package dev.atmos.cli.dispatch;

import dev.atmos.cli.context.StreamConsole;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.TerminalText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/** Reports what went wrong: one line, or two where the second shows the place in a file. */
public final class ErrorReporter {
  private final StreamConsole console;

  /** Reports to that console. */
  public ErrorReporter(StreamConsole console) {
    this.console = console;
  }

  /** Reports a failure that the user can do something about; gives the exit code. */
  public int report(AtmosException e) {
    String sentence = e.sentence();
    // Only an excerpt may stand on a line of its own; a name with a line break in it may not.
    int excerpt = sentence.indexOf("\n  ");
    StringBuilder line =
        new StringBuilder("atmos: ")
            .append(TerminalText.line(excerpt < 0 ? sentence : sentence.substring(0, excerpt)));
    Optional<String> hint = e.hint();
    if (hint.isPresent()) {
      line.append("; ").append(TerminalText.line(hint.get()));
    }
    if (excerpt >= 0) {
      line.append('\n').append(TerminalText.line(sentence.substring(excerpt + 1)));
    }
    console.say(line.toString());
    if (console.isDebug()) {
      console.say(stack(e));
    }
    return e.exitCode().code();
  }

  /** Reports a defect of atmos; gives the exit code. */
  public int bug(Throwable e) {
    console.say(
        "atmos: internal error ("
            + e.getClass().getName()
            + "); this is a defect, please report it with what ATMOS_LOGS_LEVEL=Debug shows");
    if (console.isDebug()) {
      console.say(stack(e));
    }
    return ExitCode.BUG.code();
  }

  private static String stack(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text, true));
    return text.toString().stripTrailing();
  }
}
