package dev.atmos.plugin;

import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.io.Console;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.FileReader;
import dev.atmos.plugin.io.Locks;
import dev.atmos.plugin.io.Network;
import dev.atmos.plugin.io.Pauses;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.io.Tasks;
import dev.atmos.plugin.io.Terminal;
import java.time.Clock;
import java.util.Optional;

/**
 * The world, as a plugin is to see it. Nothing behind these methods is opened or built before it is
 * asked for; all paths are of one file system, which in a test may be in memory.
 */
public interface PluginContext {

  /** The variables of the process, as the user set them. */
  Environment environment();

  /** The places where atmos keeps and looks for things. */
  Directories directories();

  /** What the time is, in UTC. */
  Clock clock();

  /** Standard output for the answer, standard error for everything that is said beside it. */
  Console console();

  /** Reads files. */
  FileReader files();

  /** Writes what atmos keeps, for the user's eyes only. */
  PrivateFiles privateFiles();

  /** Keeps processes, and the threads of this one, from doing the same thing at once. */
  Locks locks();

  /** This process, and others. */
  Processes processes();

  /** The person at the keyboard. */
  Terminal terminal();

  /** Lets time pass. */
  Pauses pauses();

  /** Does several things at a time. */
  Tasks tasks();

  /** Other machines. */
  Network network();

  /**
   * A top-level section of the merged configuration ({@code atmos.yaml}), such as {@code auth};
   * empty where no file has it. Only what is asked for is read.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if a file of the configuration can't be read
   *     or isn't valid, or if the section isn't a mapping
   */
  Optional<ConfigMap> config(String section);

  /**
   * A service of the host, such as {@link dev.atmos.plugin.auth.Identities}.
   *
   * @throws AtmosException with {@link ExitCode#PLUGIN} if nothing supplies it
   */
  <T> T service(Class<T> type);
}
