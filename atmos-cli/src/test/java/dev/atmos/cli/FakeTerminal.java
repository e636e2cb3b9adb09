package dev.atmos.cli;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** A keyboard at which a test may sit; nobody does until it types something. */
final class FakeTerminal implements Terminal {
  private final Queue<String> lines = new ArrayDeque<>();
  private boolean interactive;

  void type(String... typed) {
    interactive = true;
    for (String line : typed) {
      lines.add(line);
    }
  }

  @Override
  public boolean isInteractive() {
    return interactive;
  }

  @Override
  public Optional<String> readLine() {
    return Optional.ofNullable(lines.poll());
  }
}
