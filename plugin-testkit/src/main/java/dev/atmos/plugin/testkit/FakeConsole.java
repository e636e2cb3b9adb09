package dev.atmos.plugin.testkit;

import dev.atmos.plugin.io.CommandConsole;

/** A console that keeps what was written to it. */
public final class FakeConsole implements CommandConsole {
  private final StringBuilder answer = new StringBuilder();
  private final StringBuilder talk = new StringBuilder();
  private final StringBuilder debug = new StringBuilder();

  @Override
  public void answer(String text) {
    answer.append(text);
  }

  @Override
  public void say(String line) {
    talk.append(line).append('\n');
  }

  @Override
  public void debug(String line) {
    debug.append(line).append('\n');
  }

  /** What was written to standard output. */
  public String answered() {
    return answer.toString();
  }

  /** What was said on standard error. */
  public String said() {
    return talk.toString();
  }

  /** What would have been said at log level Debug. */
  public String debugged() {
    return debug.toString();
  }
}
