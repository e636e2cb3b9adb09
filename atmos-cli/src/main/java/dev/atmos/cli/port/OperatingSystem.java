package dev.atmos.cli.port;

import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.system.Locks;
import dev.atmos.services.system.ParallelTasks;
import dev.atmos.services.system.ProcessControl;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.Sleeper;
import dev.atmos.services.system.UserFiles;

/** What few commands need of the operating system. Nothing is made before it is asked for. */
public interface OperatingSystem {

  /** This process, and others. */
  ProcessControl processes();

  /** Keeps processes and threads apart. */
  Locks locks();

  /** Lets time pass. */
  Sleeper sleeper();

  /** Does several things at a time. */
  ParallelTasks tasks();

  /** Threads for third parties' plugins. */
  PluginThreads pluginThreads();

  /** Which places other users can't change. */
  SafePlaces safePlaces();

  /** Writes what belongs to the user. */
  UserFiles userFiles();

  /** Other machines, as those variables and files say that they are to be reached. */
  ProxyNetwork network(Environment environment, Directories directories, ReadOnlyFiles files);
}
