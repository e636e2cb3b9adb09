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
 * The world, as a plugin sees it. Nothing behind these methods is opened or built before it is
 * asked for. All paths are of one file system, which may be in memory in a test. Safe for use by
 * several threads.
 */
@ImplementedByHost
public interface PluginContext {

  /** The variables of the process, as the user set them. */
  Environment environment();

  /** The places where atmos keeps and looks for things. */
  Directories directories();

  /** The time, in UTC. */
  Clock clock();

  /** Standard output for the answer, standard error for everything else. */
  CommandConsole console();

  /** Reads files. */
  ReadOnlyFiles files();

  /** Writes files that only the user may read. */
  PrivateFiles privateFiles();

  /** Runs other programs. */
  Processes processes();

  /** The person at the keyboard. */
  Terminal terminal();

  /** Other machines. */
  Network network();

  /**
   * A top-level section of the merged configuration ({@code atmos.yaml}), such as {@code auth};
   * empty where no file has it. Only what is asked for is read.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if a file of the configuration can't be read
   *     or isn't valid, or if the section isn't a mapping
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
