package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import dev.atmos.plugin.base.Secret;
import java.util.Optional;

/** Asks the user, if there is one. Used by one thread at a time. */
@ImplementedByHost
public interface Terminal {

  /** Whether questions can be asked: standard input and standard error are a terminal. */
  boolean isInteractive();

  /** The number of columns of the terminal; 80 if it isn't known. */
  default int columns() {
    return 80;
  }

  /** The next line that the user types, without its line feed; empty at the end of the input. */
  Optional<String> readLine();

  /**
   * The next line that the user types, which isn't shown; empty at the end of the input, and if the
   * terminal can't hide it.
   */
  Optional<Secret> readSecret();
}
