package dev.atmos.plugin.testkit;

import dev.atmos.plugin.Secret;
import dev.atmos.plugin.io.Terminal;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** A keyboard at which a test may sit; nobody does until it types something. */
public final class FakeTerminal implements Terminal {
  private final Queue<String> lines = new ArrayDeque<>();
  private boolean interactive;

  /** Nobody is there yet. */
  public FakeTerminal() {}

  /** Somebody is there, and types these lines. */
  public FakeTerminal type(String... typed) {
    interactive = true;
    for (String line : typed) {
      lines.add(line);
    }
    return this;
  }

  @Override
  public boolean isInteractive() {
    return interactive;
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
