package dev.atmos.services.terminal;

import dev.atmos.services.Services;
import dev.atmos.services.system.InteractiveTerminal;
import java.util.function.IntSupplier;

/** How far something is that takes its time, in a line of its own, where a person watches. */
public final class ProgressBar {
  private static final int WIDTH = 20;

  private ProgressBar() {}

  /**
   * Shows a bar until it is closed.
   *
   * @param what what is being done, for people
   * @param done how much of it is done; asked in another thread
   * @param expected how much there is to do, as far as that is known; asked in another thread
   */
  public static InteractiveTerminal.Line show(
      Services services, String what, IntSupplier done, IntSupplier expected) {
    if (!TerminalMode.of(services).moves()) {
      return () -> {};
    }
    return services.terminal().live(() -> what + bar(done.getAsInt(), expected.getAsInt()));
  }

  private static String bar(int done, int of) {
    if (of == 0) {
      return "";
    }
    int full = Math.min(WIDTH, done * WIDTH / of);
    return " [" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + done + " of " + of;
  }
}
