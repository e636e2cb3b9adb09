package dev.atmos.services.testing;

import dev.atmos.plugin.testkit.FakeTerminal;
import dev.atmos.services.system.InteractiveTerminal;
import dev.atmos.services.system.KeyPress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;

/** A terminal without a user, until a test types, presses or watches something. */
public final class FakeInteractiveTerminal extends FakeTerminal implements InteractiveTerminal {
  private final Queue<KeyPress> keys = new ArrayDeque<>();
  private final StringBuilder shown = new StringBuilder();
  private boolean watched;
  private boolean piped;
  private boolean hasKeys;
  private int reading;

  /** A terminal at which questions can't be asked. */
  public FakeInteractiveTerminal() {}

  @Override
  public FakeInteractiveTerminal type(String... typed) {
    super.type(typed);
    watched = true;
    piped = false;
    return this;
  }

  /** Makes these the lines of a standard input that isn't a terminal. */
  public FakeInteractiveTerminal pipe(String... lines) {
    super.type(lines);
    piped = true;
    return this;
  }

  @Override
  public boolean isInteractive() {
    return !piped && super.isInteractive();
  }

  /** Makes the terminal interactive: its user presses these keys where single keys are read. */
  public FakeInteractiveTerminal press(KeyPress... pressed) {
    type();
    hasKeys = true;
    for (KeyPress key : pressed) {
      keys.add(key);
    }
    return this;
  }

  /** Makes standard error a terminal, while questions still can't be asked. */
  public FakeInteractiveTerminal watch() {
    watched = true;
    return this;
  }

  /** Everything that was shown. */
  public String shown() {
    return shown.toString();
  }

  @Override
  public boolean isWatched() {
    return watched;
  }

  @Override
  public void show(String text) {
    shown.append(text);
  }

  @Override
  public Line live(Supplier<String> text) {
    shown.append(text.get()).append('\n');
    return () -> {};
  }

  @Override
  public int columns() {
    return super.columns();
  }

  @Override
  public Optional<Keys> keys() {
    if (!hasKeys) {
      return Optional.empty();
    }
    reading++;
    return Optional.of(
        new Keys() {
          @Override
          public Optional<KeyPress> pressed() {
            return Optional.ofNullable(keys.poll());
          }

          @Override
          public void close() {
            reading--;
          }
        });
  }

  /** How often {@link #keys} is open at this moment. */
  public int reading() {
    return reading;
  }

  @Override
  public <T> Optional<T> withKeys(Function<Supplier<KeyPress>, T> action) {
    return hasKeys ? Optional.of(action.apply(this::key)) : Optional.empty();
  }

  /** When the keys are used up, the user has gone. */
  private KeyPress key() {
    KeyPress key = keys.poll();
    return key == null ? KeyPress.of(KeyPress.Kind.CANCEL) : key;
  }
}
