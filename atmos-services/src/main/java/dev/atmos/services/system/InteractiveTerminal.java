package dev.atmos.services.system;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Terminal;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The terminal, as far as sign-in and pickers need it. Without any method of its own, it is one
 * that asks nothing and shows nothing.
 */
public interface InteractiveTerminal extends Terminal {

  @Override
  default boolean isInteractive() {
    return false;
  }

  @Override
  default Optional<String> readLine() {
    return Optional.empty();
  }

  @Override
  default Optional<Secret> readSecret() {
    return Optional.empty();
  }

  /** Whether standard error is a terminal, so that the user sees things while they are written. */
  default boolean isWatched() {
    return false;
  }

  /** Writes a text to standard error as it is, what steers a terminal among it. Never fails. */
  default void show(String text) {}

  /**
   * Shows a line in its own place and updates it every second, until it is closed and removed.
   *
   * @param text makes the line; may be asked in another thread
   */
  default Line live(Supplier<String> text) {
    return () -> {};
  }

  /** A line that is shown. */
  interface Line extends AutoCloseable {

    /** Takes it away. Never fails. */
    @Override
    void close();
  }

  /**
   * The keys that are pressed from now on, which aren't shown. Ctrl-C ends the program as ever.
   *
   * @return empty where keys can't be read one by one
   */
  default Optional<Keys> keys() {
    return Optional.empty();
  }

  /** Keys as they are pressed. */
  interface Keys extends AutoCloseable {

    /** The next key that was pressed; empty if there is none yet. */
    Optional<KeyPress> pressed();

    /** Shows again what is typed. Never fails. */
    @Override
    void close();
  }

  /**
   * Does something with single keys, which aren't shown, and of which none ends the program.
   *
   * @param action is given what waits for the next key
   * @return what the action made; empty where keys can't be read one by one
   */
  default <T> Optional<T> withKeys(Function<Supplier<KeyPress>, T> action) {
    return Optional.empty();
  }
}
