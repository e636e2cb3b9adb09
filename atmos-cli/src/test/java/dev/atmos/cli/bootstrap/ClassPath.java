package dev.atmos.cli.bootstrap;

import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.cli.config.trust.TrustPorts;
import dev.atmos.cli.port.Installation;
import dev.atmos.cli.port.PluginThreads;
import dev.atmos.cli.port.SafePlaces;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.system.UserFiles;

/** The program as it runs from a class path: here, from that of the tests. */
public final class ClassPath {
  private ClassPath() {}

  /** The installation that it finds there, with every built-in plugin. */
  public static Installation installation() {
    return new RunningInstallation();
  }

  /** Tells what other users can change; nothing, in memory. */
  public static SafePlaces safePlaces() {
    return new OwnershipCheck();
  }

  /** What the host gives to the configuration, without a policy; all kinds are built-in ones. */
  public static TrustPorts trustPorts(
      Directories directories, Environment environment, FileInspector reader) {
    return new TrustPorts(directories, environment, reader, safePlaces(), _ -> true, null);
  }

  /** Writes files of any file system, and reads them by that reader. */
  public static PrivateFiles privateFiles(ReadOnlyFiles reader) {
    return new OwnerOnlyFiles(reader);
  }

  /** Threads for third parties' plugins. */
  public static PluginThreads pluginThreads() {
    return new DaemonPluginThreads();
  }

  /** Writes the user's files of any file system. */
  public static UserFiles userFiles() {
    return new AtomicUserFiles();
  }
}
