package dev.atmos.plugin.context;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.ImplementedByHost;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.Network;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.plugin.io.Terminal;
import java.time.Clock;
import java.util.Optional;

/**
 * The world, as a plugin sees it. Nothing behind these methods is opened or built before a plugin
 * asks for it. All paths belong to one file system, which is in memory in tests.
 *
 * <p>There is one context per plugin and run. It is safe for use by several threads, and valid as
 * long as the process; a plugin may keep it, and doesn't close it.
 */
@ImplementedByHost
public interface PluginContext {

  /** The environment variables of the process, as the user set them. */
  Environment environment();

  /** The directories where atmos looks for files and keeps its own. */
  Directories directories();

  /** The current time, in UTC. */
  Clock clock();

  /** Writes the answer to standard output, and everything else to standard error. */
  CommandConsole console();

  /** Reads files. */
  ReadOnlyFiles files();

  /** Writes files that only the user may read. */
  PrivateFiles privateFiles();

  /** Runs other programs. */
  Processes processes();

  /** Asks the user. */
  Terminal terminal();

  /** Connects to other machines. */
  Network network();

  /**
   * A top-level section of the merged configuration ({@code atmos.yaml}), such as {@code auth};
   * empty where no file has it. Other sections are not read.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if a configuration file can't be read or
   *     isn't valid, or if the section isn't a mapping
   */
  Optional<Definition> config(String section);

  /**
   * A service of the host: {@link dev.atmos.plugin.auth.Identities}, {@link
   * dev.atmos.plugin.kube.Kubeconfigs} or {@link dev.atmos.plugin.io.DataFormats}.
   *
   * @throws AtmosException with {@link ExitCode#PLUGIN} if nothing supplies it
   */
  <T> T service(Class<T> type);
}
