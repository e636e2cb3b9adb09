package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import dev.atmos.plugin.base.Secret;
import java.util.Optional;

/** The person at the keyboard, if there is one. */
@ImplementedByHost
public interface Terminal {

  /** Whether questions can be asked: standard input and standard error are a terminal. */
  boolean isInteractive();

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
}
