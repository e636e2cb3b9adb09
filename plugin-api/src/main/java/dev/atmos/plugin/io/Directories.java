package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The places where atmos looks for things and keeps its own. Those of the user are empty where the
 * process has no home directory; atmos then keeps nothing.
 */
@ImplementedByHost
public interface Directories {

  /** The directory that the process was started in; absolute. */
  Path workingDirectory();

  /** The user's home directory. */
  Optional<Path> home();

  /** The configuration that all users of the machine share. */
  Optional<Path> system();

  /** The user's configuration, by default {@code ~/.config/atmos}. */
  Optional<Path> config();

  /** What atmos keeps for good, plugins among it, by default {@code ~/.local/share/atmos}. */
  Optional<Path> data();

  /** What can be made anew when it is lost, by default {@code ~/.cache/atmos}. */
  Optional<Path> cache();

  /** What atmos keeps between runs on this machine, by default {@code ~/.local/state/atmos}. */
  Optional<Path> state();
}
