package dev.atmos.plugin.testkit;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Terminal;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** A terminal without a user, until a test types something. */
public class FakeTerminal implements Terminal {
  private static final int COLUMNS = 80;

  private final Queue<String> lines = new ArrayDeque<>();
  private int columns = COLUMNS;
  private boolean interactive;

  /** A terminal at which questions can't be asked. */
  public FakeTerminal() {}

  /** Makes the terminal interactive: its user types these lines. */
  public FakeTerminal type(String... typed) {
    interactive = true;
    for (String line : typed) {
      lines.add(line);
    }
    return this;
  }

  /** Gives its lines that many columns. */
  public FakeTerminal withColumns(int count) {
    columns = count;
    return this;
  }

  @Override
  public boolean isInteractive() {
    return interactive;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public Optional<String> readLine() {
    return Optional.ofNullable(lines.poll());
  }

  @Override
  public Optional<Secret> readSecret() {
    return readLine().map(Secret::of);
  }
}
