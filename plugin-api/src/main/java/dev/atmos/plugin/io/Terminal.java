package dev.atmos.plugin.io;

import dev.atmos.plugin.Secret;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The person at the keyboard, if there is one. */
public interface Terminal {

  /** Whether questions can be asked: standard input and standard error are a terminal. */
  boolean isInteractive();

  /** Whether standard error is a terminal, so that somebody sees things while they are written. */
  default boolean isWatched() {
    return false;
  }

  /** Writes a text to standard error as it is, what steers a terminal among it. Never fails. */
  default void show(String text) {}

  /**
   * Shows a line in its own place, made anew every second, until it is closed and gone again.
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

  /** How many columns a line of the terminal has; 80 where that isn't known. */
  default int columns() {
    return 80;
  }

  /** The next line that is typed, without its line feed; empty at the end of the input. */
  Optional<String> readLine();

  /**
   * The next line that is typed, without showing it while it is; empty at the end of the input, and
   * where it can't be kept from being shown.
   */
  Optional<Secret> readSecret();

  /**
   * Does something with single keys, which aren't shown, and of which none ends the program.
   *
   * @param action is given what waits for the next key
   * @return what the action made; empty where keys can't be read one by one
   */
  default <T> Optional<T> withKeys(Function<Supplier<Key>, T> action) {
    return Optional.empty();
  }
}
