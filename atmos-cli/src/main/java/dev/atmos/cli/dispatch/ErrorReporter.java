package dev.atmos.cli.dispatch;

import dev.atmos.cli.context.StreamConsole;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.TerminalText;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** Reports what went wrong: one line, or two where the second shows the place in a file. */
public final class ErrorReporter {
  private final StreamConsole console;

  /** Reports to that console. */
  public ErrorReporter(StreamConsole console) {
    this.console = console;
  }

  /** Reports a failure that the user can do something about; gives the exit code. */
  public int report(AtmosException e) {
    if (console.isReaderGone()) {
      // It wanted no more, which is no failure of anybody's.
      return e.exitCode().code();
    }
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

  /** Of other exceptions than ours, only the types: their messages may show a secret. */
  private static String stack(Throwable e) {
    StringBuilder text = new StringBuilder();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable next = e; next != null && seen.add(next); next = next.getCause()) {
      text.append(text.isEmpty() ? "" : "\nCaused by: ").append(next.getClass().getName());
      if (next instanceof AtmosException known) {
        text.append(": ").append(known.sentence());
      }
      for (StackTraceElement frame : next.getStackTrace()) {
        text.append("\n\tat ").append(frame);
      }
    }
    return text.toString();
  }
}
