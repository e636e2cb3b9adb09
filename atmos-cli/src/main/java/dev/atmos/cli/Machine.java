package dev.atmos.cli;

import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.FileReader;
import dev.atmos.plugin.io.Locks;
import dev.atmos.plugin.io.Network;
import dev.atmos.plugin.io.Pauses;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.io.Tasks;
import dev.atmos.plugin.io.UserFiles;

/** What few commands need of the operating system. Nothing is made before it is asked for. */
public interface Machine {

  /** This process, and others. */
  Processes processes();

  /** Keeps processes and threads apart. */
  Locks locks();

  /** Lets time pass. */
  Pauses pauses();

  /** Does several things at a time. */
  Tasks tasks();

  /** Writes what belongs to the user. */
  UserFiles userFiles();

  /** Other machines, as those variables and files say that they are to be reached. */
  Network network(Environment environment, Directories directories, FileReader files);
}
