package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directories where atmos looks for files and keeps its own. Those of the user are empty if the
 * process has no home directory; atmos then keeps nothing. None of them needs to exist.
 */
@ImplementedByHost
public interface Directories {

  /** The directory that the process was started in; absolute. */
  Path workingDirectory();

  /** The user's home directory. */
  Optional<Path> home();

  /** The configuration that all users of the machine share. */
  Optional<Path> system();

  /** The user's configuration; by default {@code ~/.config/atmos}. */
  Optional<Path> config();

  /** What atmos keeps for good, such as plugins; by default {@code ~/.local/share/atmos}. */
  Optional<Path> data();

  /** What atmos can make again when it is lost; by default {@code ~/.cache/atmos}. */
  Optional<Path> cache();

  /** What atmos keeps between runs on this machine; by default {@code ~/.local/state/atmos}. */
  Optional<Path> state();
}
