package dev.atmos.cli.port;

import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.system.GenericCredentials;
import dev.atmos.services.system.Locks;
import dev.atmos.services.system.ParallelTasks;
import dev.atmos.services.system.ProcessControl;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.Sleeper;
import dev.atmos.services.system.UserFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What few commands need of the operating system. Nothing is made before it is asked for. */
public interface OperatingSystem {

  /** This process, and others. */
  ProcessControl processes();

  /** Keeps processes and threads apart. */
  Locks locks();

  /** Lets time pass. */
  Sleeper sleeper();

  /** How far local time is from UTC at a time. */
  default ZoneOffset offsetAt(Instant time) {
    return ZoneOffset.UTC;
  }

  /** Does several things at a time. */
  ParallelTasks tasks();

  /** Threads for third parties' plugins. */
  PluginThreads pluginThreads();

  /** Which places other users can't change. */
  SafePlaces safePlaces();

  /** Writes what belongs to the user. */
  UserFiles userFiles();

  /** What Windows keeps for its user; empty on other systems. */
  Optional<GenericCredentials> genericCredentials();

  /** Other machines, as those variables and files say that they are to be reached. */
  ProxyNetwork network(Environment environment, Directories directories, ReadOnlyFiles files);

  /**
   * Where the administrator's policy is, if there is one: neither users nor variables decide it.
   */
  Path policyFile();

  /** Where the user's own configuration is by the record of the account: no variable decides it. */
  List<Path> userPlaces();

  /**
   * The content of a file that only the administrator can have written; empty if there is none.
   *
   * @param limit how many bytes the file may have
   * @throws IOException if it can't be read, or if somebody else can have written it; the message
   *     doesn't name the file
   */
  Optional<byte[]> readAdministered(Path file, int limit) throws IOException;

  /**
   * Adds a line to a file in one step, so that the lines of several processes don't mix. A file
   * that isn't there is made for its owner alone. Nothing but a regular file of this user's or
   * root's is written to, and no link is followed. A line that was cut stays a line of its own. An
   * empty line adds nothing, and fails where another would.
   *
   * @throws IOException if the whole line can't be written; the message doesn't name the file
   */
  void append(Path file, byte[] line) throws IOException;

  /** This process and the one that started it. */
  ProcessParent parent();
}
