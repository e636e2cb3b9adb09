package dev.atmos.kubeconfig;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.system.ProcessIdentity;
import dev.atmos.services.system.Sleeper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * kubectl's lock of a kubeconfig, {@code config.lock}, which it makes exclusively and gives up at
 * once where the name is taken. Ours is a directory of that name, which keeps kubectl out just as
 * well. In it is one file, the token, named by the process that holds the lock: number and start.
 *
 * <ul>
 *   <li>Who finds its token alone in the directory holds the lock; who finds another beside it
 *       takes its own away again.
 *   <li>The token of a process that is dead is removed by whoever sees it. Its name is no other
 *       process's, so that this can't hit a lock that is held.
 *   <li>Where a file has to be written in place, what it held is in the lock as well, beside the
 *       token. Of a dead process, both stay until somebody who holds the lock has mended the file.
 *   <li>The token is also the file that the new content is written into, before it replaces the old
 *       one. So a process that was killed leaves nothing but its lock, and one whose lock was taken
 *       away can't replace anything.
 * </ul>
 *
 * <p>A lock that isn't a directory is kubectl's, and never removed.
 *
 * <p>A process that is interrupted gives its lock back, after what it is writing, and does nothing
 * with it any more.
 */
final class Lock {
  private static final int PATIENCE_SECONDS = 10;
  private static final int SHORTEST_PAUSE = 5;
  private static final int LONGEST_PAUSE = 40;
  private static final String SUFFIX = ".lock";
  private static final String BACKUP = ".backup";
  private static final String PART = ".part";

  private final Disk disk;
  private final Path directory;
  private final Path token;
  private final String tokenName;
  private Processes.@Nullable Registration registration;
  private boolean raised;
  private boolean interrupted;
  private boolean backupStays;

  private Lock(Disk disk, Path directory, String tokenName) {
    this.disk = disk;
    this.directory = directory;
    this.tokenName = tokenName;
    this.token = directory.resolve(tokenName);
  }

  /** What is done under a lock. */
  interface Action {
    void run() throws IOException;
  }

  /** The world, as far as waiting for a lock needs it. */
  record World(Disk disk, Processes processes, Sleeper pauses, Clock clock) {}

  /** The lock of a file. */
  static Path of(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  /**
   * Waits for a lock and takes it.
   *
   * @throws IOException if it can't be made
   * @throws AtmosException with {@link ExitCode#UNAVAILABLE} if nothing has happened to it for ten
   *     seconds; with {@link ExitCode#INTERRUPTED} if this process is being ended
   */
  static Lock take(World world, Path directory) throws IOException {
    ProcessIdentity self = world.processes().self();
    Lock lock = new Lock(world.disk(), directory, name(self));
    lock.registration = world.processes().onInterrupt(lock::interrupt);
    try {
      lock.await(world);
      return lock;
    } catch (IOException | AtmosException e) {
      lock.release();
      throw e;
    }
  }

  private void await(World world) throws IOException {
    String seen = "";
    Duration since = world.sleeper().uptime();
    long random = tokenName.hashCode();
    while (true) {
      String holders = tryTake(world.processes());
      if (holders == null) {
        return;
      }
      Duration now = world.sleeper().uptime();
      if (!holders.equals(seen)) {
        seen = holders;
        since = now;
      } else if (now.minus(since).toSeconds() >= PATIENCE_SECONDS) {
        throw timeout(world, holders);
      }
      random = random * 6364136223846793005L + 1442695040888963407L;
      long span = (random >>> 33) % (LONGEST_PAUSE - SHORTEST_PAUSE);
      world.sleeper().pause(Duration.ofMillis(SHORTEST_PAUSE + span));
    }
  }

  /**
   * Removes a lock that a dead process of ours has left, which would keep kubectl out. An empty
   * directory is nobody's: who is about to put its token into it makes it again.
   *
   * @return whether there is a file to be mended, for which the lock has to be taken
   */
  static boolean sweep(World world, Path directory) throws IOException {
    Lock lock = new Lock(world.disk(), directory, name(world.processes().self()));
    List<String> names = lock.listOfOurs();
    if (names == null) {
      return false;
    }
    if (names.contains(lock.tokenName) || !lock.others(names, world.processes()).isEmpty()) {
      return false;
    }
    if (names.stream().anyMatch(name -> name.endsWith(BACKUP))) {
      return true;
    }
    lock.delete(directory);
    return false;
  }

  private static String name(ProcessIdentity process) {
    Instant start = process.startedAt();
    return process.pid() + "-" + start.getEpochSecond() + "-" + start.getNano();
  }

  /** The process of a token; null if it is no token. */
  private static @Nullable ProcessIdentity process(String name) {
    String[] parts = name.split("[-.]", -1);
    try {
      return parts.length < 3
          ? null
          : new ProcessIdentity(
              Long.parseLong(parts[0]),
              Instant.ofEpochSecond(Long.parseLong(parts[1]), Integer.parseInt(parts[2])));
    } catch (NumberFormatException | java.time.DateTimeException e) {
      return null;
    }
  }

  /** Null if the lock was taken; else who has it, in a text that changes when anything does. */
  private synchronized @Nullable String tryTake(Processes processes) throws IOException {
    requireUninterrupted();
    if (!disk.makeDirectory(directory)) {
      List<String> names = listOfOurs();
      if (names == null) {
        return "another program, " + disk.changed(directory);
      }
      String others = others(names, processes);
      if (!others.isEmpty()) {
        return others;
      }
    }
    if (!raise()) {
      return tokenName;
    }
    try {
      List<String> names = disk.list(directory);
      String others = names == null ? "" : others(names, processes);
      if (others.isEmpty() && names != null && names.contains(tokenName)) {
        return null;
      }
      var _ = disk.delete(token);
      raised = false;
      return others;
    } catch (IOException e) {
      release();
      throw e;
    }
  }

  /** The names in the lock; null where it is another program's, or another user's. */
  private @Nullable List<String> listOfOurs() throws IOException {
    try {
      return disk.list(directory);
    } catch (AccessDeniedException _) {
      return null;
    }
  }

  /** Puts the token into the directory; false if that has gone, or another thread was faster. */
  private boolean raise() throws IOException {
    try {
      raised = disk.create(token);
      return raised;
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException e) {
      delete(directory);
      throw e;
    }
  }

  /** The tokens of others that are alive. Those of the dead are removed. */
  private String others(List<String> names, Processes processes) throws IOException {
    TreeSet<String> others = new TreeSet<>();
    for (String name : names) {
      ProcessIdentity process = process(name);
      if (name.startsWith(tokenName)) {
        continue;
      }
      if (process == null || processes.isRunning(process)) {
        others.add(name);
      } else if (!name.endsWith(BACKUP) && !names.contains(name + BACKUP)) {
        var _ = disk.delete(directory.resolve(name));
      }
    }
    return String.join(" ", others);
  }

  private AtmosException timeout(World world, String holders) throws IOException {
    Instant changed = disk.changed(directory);
    String age =
        changed == null ? "" : ", for " + age(Duration.between(changed, world.clock().instant()));
    ProcessIdentity process = process(holders.split(" ", 2)[0]);
    if (process != null) {
      return new AtmosException(
          ExitCode.UNAVAILABLE,
          directory + " is held by atmos, process " + process.pid() + age,
          "try again when that is done");
    }
    return new AtmosException(
        ExitCode.UNAVAILABLE,
        directory
            + " is there"
            + age
            + ": another program is changing the kubeconfig, or has left it",
        "if no kubectl is running any more, remove it: rm '" + directory + "'");
  }

  private static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200
        ? seconds / 60 + " min"
        : seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
  }

  /** The file that the new content is written into; for its owner only. */
  Path token() {
    return token;
  }

  /** Where the content of a file is put that is about to be written in place. */
  Path backup() {
    return directory.resolve(tokenName + BACKUP);
  }

  /** Where the backup is written before it is whole. */
  Path partOfBackup() {
    return directory.resolve(tokenName + PART);
  }

  /** Has the backup outlive this lock. */
  void keepBackup() {
    backupStays = true;
  }

  /** The backups of dead processes, which only who holds the lock may look at. */
  List<Path> orphans() throws IOException {
    List<Path> orphans = new ArrayList<>();
    List<String> names = disk.list(directory);
    for (String name : names == null ? List.<String>of() : names) {
      if (name.endsWith(BACKUP) && !name.startsWith(tokenName)) {
        orphans.add(directory.resolve(name));
      }
    }
    return orphans;
  }

  /** The token that an orphaned backup belongs to. */
  static Path tokenOf(Path backup) {
    String name = String.valueOf(backup.getFileName());
    return backup.resolveSibling(name.substring(0, name.length() - BACKUP.length()));
  }

  /**
   * Does something that isn't broken off in the middle: who interrupts this process waits for it.
   *
   * @throws AtmosException with {@link ExitCode#INTERRUPTED} if it has been, and the lock is gone
   */
  synchronized void hold(Action action) throws IOException {
    requireUninterrupted();
    action.run();
  }

  private void requireUninterrupted() {
    if (interrupted) {
      throw new AtmosException(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  private synchronized void interrupt() {
    interrupted = true;
    release();
  }

  /** Gives the lock back. Never fails: a lock that stays is known for that of a dead process. */
  synchronized void release() {
    if (raised) {
      raised = false;
      delete(partOfBackup());
      if (!backupStays) {
        delete(backup());
        delete(token);
      }
      deleteDirectory();
    }
    Processes.Registration known = registration;
    if (known != null) {
      known.close();
    }
  }

  /** Unless it is kubectl's by now, who makes a file of it, or another process's token is in it. */
  private void deleteDirectory() {
    boolean ours;
    try {
      ours = listOfOurs() != null;
    } catch (IOException _) {
      ours = true; // a file would have been known for one
    }
    if (ours) {
      delete(directory);
    }
  }

  private void delete(Path path) {
    try {
      var _ = disk.delete(path);
    } catch (IOException _) {
      // The next one will.
    }
  }
}
