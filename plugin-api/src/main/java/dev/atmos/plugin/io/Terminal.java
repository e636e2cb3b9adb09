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
  boolean isWatched();

  /** Writes a text to standard error as it is, what steers a terminal among it. Never fails. */
  void show(String text);

  /** How many columns a line of the terminal has; 80 where that isn't known. */
  int columns();

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
  <T> Optional<T> withKeys(Function<Supplier<Key>, T> action);
}
