package dev.atmos.cli.bootstrap.terminal;

import dev.atmos.services.system.InteractiveTerminal;
import java.util.function.Supplier;

/** A line at the end of a terminal's output, which a thread of its own keeps up to date. */
final class StatusLine implements InteractiveTerminal.Line {
  private static final long INTERVAL_MILLIS = 1000;

  /** To the line's beginning, and away with all that is on it (ECMA-48: CR, EL). */
  private static final String CLEAR = "\r\u001b[K";

  private final StandardTerminal terminal;
  private final Supplier<String> text;
  private final Thread thread = new Thread(this::renew, "atmos-line");
  private final Thread atExit;
  private boolean closed;

  StatusLine(StandardTerminal terminal, Supplier<String> text) {
    this.terminal = terminal;
    this.text = text;
    this.atExit = new Thread(this::clear);
  }

  void start() {
    thread.setDaemon(true);
    // An interrupt of the program leaves a clean line.
    Runtime.getRuntime().addShutdownHook(atExit);
    thread.start();
  }

  private void renew() {
    try {
      while (show()) {
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      // It is closed.
    }
  }

  private synchronized boolean show() {
    if (!closed) {
      terminal.show(CLEAR + text.get());
    }
    return !closed;
  }

  private synchronized void clear() {
    if (!closed) {
      closed = true;
      terminal.show(CLEAR);
    }
  }

  @Override
  public void close() {
    clear();
    thread.interrupt();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The program is ending.
    }
  }
}
