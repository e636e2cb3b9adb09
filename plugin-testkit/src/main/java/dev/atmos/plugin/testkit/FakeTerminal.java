package dev.atmos.plugin.testkit;

import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.KeyPress;
import dev.atmos.plugin.io.Terminal;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;

/** A keyboard at which a test may sit; nobody does until it types something. */
public final class FakeTerminal implements Terminal {
  private static final int COLUMNS = 80;

  private final Queue<String> lines = new ArrayDeque<>();
  private final Queue<KeyPress> keys = new ArrayDeque<>();
  private final StringBuilder shown = new StringBuilder();
  private boolean interactive;
  private boolean watched;
  private boolean hasKeys;

  /** Nobody is there yet. */
  public FakeTerminal() {}

  /** Somebody is there, and types these lines. */
  public FakeTerminal type(String... typed) {
    interactive = true;
    watched = true;
    for (String line : typed) {
      lines.add(line);
    }
    return this;
  }

  /** Somebody is there, and presses these keys, where they are asked for one by one. */
  public FakeTerminal press(KeyPress... pressed) {
    interactive = true;
    watched = true;
    hasKeys = true;
    for (KeyPress key : pressed) {
      keys.add(key);
    }
    return this;
  }

  /** Somebody looks, and can't answer. */
  public FakeTerminal watch() {
    watched = true;
    return this;
  }

  /** All that was shown. */
  public String shown() {
    return shown.toString();
  }

  @Override
  public boolean isInteractive() {
    return interactive;
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
    return COLUMNS;
  }

  @Override
  public Optional<String> readLine() {
    return Optional.ofNullable(lines.poll());
  }

  @Override
  public Optional<Secret> readSecret() {
    return readLine().map(Secret::of);
  }

  @Override
  public <T> Optional<T> withKeys(Function<Supplier<KeyPress>, T> action) {
    return hasKeys ? Optional.of(action.apply(this::key)) : Optional.empty();
  }

  /** Who presses no more keys has gone. */
  private KeyPress key() {
    KeyPress key = keys.poll();
    return key == null ? KeyPress.of(KeyPress.Kind.CANCEL) : key;
  }
}
