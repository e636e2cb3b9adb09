package dev.atmos.kubeconfig.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.ProcessControl;
import dev.atmos.services.system.ProcessIdentity;
import dev.atmos.services.system.Sleeper;
import dev.atmos.services.system.UserFiles;
import dev.atmos.text.TimeSpans;
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
 * kubectl's lock of a kubeconfig, {@code config.lock}: kubectl creates that file exclusively, and
 * gives up at once if the name is taken. Ours is a directory of that name, which excludes kubectl
 * just as well. It holds an empty file, the token, whose name is the identity of the process that
 * holds the lock.
 *
 * <ul>
 *   <li>A process whose token is alone in the directory holds the lock. A process that finds
 *       another token beside its own removes its own.
 *   <li>Any process of the same namespace may remove the token of a dead process. No other process
 *       has a token of that name, so this can't break a lock that is held. Whether a process of
 *       another machine or container is alive can't be told, so its token is never removed.
 *   <li>The new content is written into a file beside the token, which then replaces the
 *       kubeconfig. So a process that was killed leaves nothing but its lock, and a process whose
 *       lock was removed can't replace anything.
 *   <li>If a file has to be written in place, its old content is in the lock as well. All three
 *       stay after the process dies, until the next holder of the lock has repaired the file.
 * </ul>
 *
 * <p>A lock that isn't a directory is kubectl's, and is never removed.
 *
 * <p>A process that is interrupted finishes its write, releases its lock and stops using it.
 */
final class KubeconfigLock {
  private static final int PATIENCE_SECONDS = 10;

  /** Who holds a lock and waits for something touches its token each second. */
  private static final int PATIENCE_WITH_OTHER_NAMESPACES = 30;

  private static final int SHORTEST_PAUSE = 5;
  private static final int LONGEST_PAUSE = 40;
  private static final String SUFFIX = ".lock";
  private static final String BACKUP = ".backup";
  private static final String PART = ".part";
  private static final String NEW = ".new";

  private final FileOperations operations;
  private final UserFiles userFiles;
  private final ProcessIdentity self;
  private final Path directory;
  private final Path token;
  private final String tokenName;
  private ProcessControl.@Nullable Registration registration;
  private boolean raised;
  private boolean interrupted;
  private boolean backupStays;

  private KubeconfigLock(Ports ports, Path directory) {
    this.operations = ports.operations();
    this.userFiles = ports.userFiles();
    this.self = ports.processes().self();
    this.directory = directory;
    this.tokenName = LockToken.name(self);
    this.token = directory.resolve(tokenName);
  }

  /** An action under a lock. */
  interface Action {
    void run() throws IOException;
  }

  /** What locking needs of the system. */
  record Ports(
      FileOperations operations,
      UserFiles userFiles,
      ProcessControl processes,
      Sleeper sleeper,
      Clock clock) {}

  /** The lock of a file. */
  static Path of(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  /**
   * Waits for a lock and takes it.
   *
   * @throws IOException if it can't be made
   * @throws AtmosException with {@link ExitCode#UNAVAILABLE} if it hasn't changed for ten seconds,
   *     or for thirty where its holder is in another namespace; with {@link ExitCode#INTERRUPTED}
   *     if this process is being ended
   */
  static KubeconfigLock take(Ports ports, Path directory) throws IOException {
    KubeconfigLock lock = new KubeconfigLock(ports, directory);
    lock.registration = ports.processes().onInterrupt(lock::interrupt);
    try {
      lock.await(ports);
      return lock;
    } catch (IOException | AtmosException e) {
      lock.release();
      throw e;
    }
  }

  private void await(Ports ports) throws IOException {
    String seen = "";
    Duration since = ports.sleeper().uptime();
    long random = tokenName.hashCode();
    while (true) {
      String holders = tryTake(ports.processes());
      if (holders == null) {
        return;
      }
      Duration now = ports.sleeper().uptime();
      if (!holders.equals(seen)) {
        seen = holders;
        since = now;
      } else if (now.minus(since).toSeconds() >= patience(holders)) {
        throw timeout(ports, holders);
      }
      random = random * 6364136223846793005L + 1442695040888963407L;
      long span = (random >>> 33) % (LONGEST_PAUSE - SHORTEST_PAUSE);
      ports.sleeper().pause(Duration.ofMillis(SHORTEST_PAUSE + span));
    }
  }

  private int patience(String holders) {
    ProcessIdentity holder = LockToken.process(holders);
    return holder == null || holder.namespace().equals(self.namespace())
        ? PATIENCE_SECONDS
        : PATIENCE_WITH_OTHER_NAMESPACES;
  }

  /**
   * Removes the lock of a dead process of ours, which would keep kubectl out. So it does with an
   * empty directory: a process that is about to put its token into it makes it again.
   *
   * @return whether a file has to be repaired, for which the lock has to be taken
   */
  static boolean sweep(Ports ports, Path directory) throws IOException {
    KubeconfigLock lock = new KubeconfigLock(ports, directory);
    List<String> names = lock.listOfOurs();
    if (names == null || ports.userFiles().isOfOthers(directory)) {
      return false;
    }
    if (names.contains(lock.tokenName) || !lock.others(names, ports.processes()).isEmpty()) {
      return false;
    }
    if (names.stream().anyMatch(name -> name.endsWith(BACKUP))) {
      return true;
    }
    lock.delete(directory);
    return false;
  }

  /** Null if the lock was taken; otherwise a text about its holders that changes if they do. */
  private synchronized @Nullable String tryTake(ProcessControl processes) throws IOException {
    requireUninterrupted();
    if (!operations.makeDirectory(directory)) {
      requireOwn();
      List<String> names = listOfOurs();
      if (names == null) {
        return "another program, " + operations.changed(directory);
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
      // Another user may have made it since it was found to be absent.
      requireOwn();
      List<String> names = operations.list(directory);
      String others = names == null ? "" : others(names, processes);
      if (others.isEmpty() && names != null && names.contains(tokenName)) {
        return null;
      }
      var _ = operations.delete(token);
      raised = false;
      return others;
    } catch (IOException | AtmosException e) {
      release();
      throw e;
    }
  }

  /** Whoever owns the lock could exchange what is written in it. */
  private void requireOwn() throws IOException {
    if (userFiles.isOfOthers(directory)) {
      throw new AtmosException(
          ExitCode.UNAVAILABLE,
          directory + " belongs to another user, who keeps the kubeconfig locked",
          "try again later, or name a kubeconfig in a directory of your own");
    }
  }

  /** The names in the lock; null if the lock is another program's or another user's. */
  private @Nullable List<String> listOfOurs() throws IOException {
    try {
      return operations.list(directory);
    } catch (AccessDeniedException _) {
      return null;
    }
  }

  /** Creates the token; false if the directory is gone, or another thread was faster. */
  private boolean raise() throws IOException {
    try {
      raised = operations.create(token);
      return raised;
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException e) {
      delete(directory);
      throw e;
    }
  }

  /**
   * The tokens of other live processes, and when they were touched last. Those of dead ones are
   * removed.
   */
  private String others(List<String> names, ProcessControl processes) throws IOException {
    TreeSet<String> others = new TreeSet<>();
    for (String name : names) {
      ProcessIdentity process = LockToken.process(name);
      if (self.equals(process)) {
        continue;
      }
      if (process == null
          || !process.namespace().equals(self.namespace())
          || processes.isRunning(process)) {
        others.add(name + " " + operations.changed(directory.resolve(name)));
      } else if (!names.contains(LockToken.of(name) + BACKUP)) {
        var _ = operations.delete(directory.resolve(name));
      }
    }
    return String.join(" ", others);
  }

  private AtmosException timeout(Ports ports, String holders) throws IOException {
    Instant now = ports.clock().instant();
    Instant changed = operations.changed(directory);
    Duration span = Duration.between(changed == null ? now : changed, now);
    String age = TimeSpans.words(span.isNegative() ? Duration.ZERO : span);
    ProcessIdentity process = LockToken.process(holders);
    if (process != null && process.namespace().equals(self.namespace())) {
      return new AtmosException(
          ExitCode.UNAVAILABLE,
          directory + " has been held for " + age + " by atmos, process " + process.pid(),
          "try again when that is done");
    }
    if (process != null) {
      return new AtmosException(
          ExitCode.UNAVAILABLE,
          directory
              + " is held by atmos, process "
              + process.pid()
              + ", of another container or machine or from before a restart; it hasn't changed for "
              + PATIENCE_WITH_OTHER_NAMESPACES
              + " s",
          // What a process that wrote in place has left is all that there is of the old content.
          "if that process has ended, "
              + (holders.contains(BACKUP)
                  ? "move its lock away: mv '" + directory + "' '" + directory + ".old'"
                  : "remove its lock: rm -r '" + directory + "'"));
    }
    FileOperations.Attributes attributes = operations.attributes(directory);
    return new AtmosException(
        ExitCode.UNAVAILABLE,
        directory
            + " has existed for "
            + age
            + ": another program is changing the kubeconfig, or has left it behind",
        "if no kubectl is running any more, remove it: "
            + (attributes == null || attributes.regular() ? "rm '" : "rm -r '")
            + directory
            + "'");
  }

  /** What the files of this process in the lock are named by. */
  Path token() {
    return token;
  }

  /** The file that new content is written into; readable by its owner only. */
  static Path freshOf(Path token) {
    return token.resolveSibling(token.getFileName() + NEW);
  }

  /** The old content of a file that is written in place. */
  static Path backupOf(Path token) {
    return token.resolveSibling(token.getFileName() + BACKUP);
  }

  /** A backup that is still being written. */
  Path partOfBackup() {
    return token.resolveSibling(tokenName + PART);
  }

  /** Whether somebody has removed the lock. */
  boolean isLost() {
    try {
      return operations.changed(token) == null;
    } catch (IOException _) {
      return true; // another program's lock is in its place
    }
  }

  /** Shows those who wait that this process lives. */
  void touch(Instant now) {
    try {
      operations.touch(token, now);
    } catch (IOException _) {
      // Whether the lock is lost is found out by who writes.
    }
  }

  /** Makes the backup outlive this lock. */
  void keepBackup() {
    backupStays = true;
  }

  /** The tokens of dead processes that left backups. Only the holder of the lock may use them. */
  List<Path> orphans() throws IOException {
    List<Path> orphans = new ArrayList<>();
    List<String> names = operations.list(directory);
    for (String name : names == null ? List.<String>of() : names) {
      String orphan = LockToken.of(name);
      if (name.endsWith(BACKUP) && !orphan.equals(tokenName)) {
        orphans.add(directory.resolve(orphan));
      }
    }
    return orphans;
  }

  /**
   * Runs an action that an interrupt of this process waits for.
   *
   * @throws AtmosException with {@link ExitCode#INTERRUPTED} if the process has been interrupted,
   *     and the lock is gone
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

  /** Releases the lock. Never fails: a lock that remains is found to be a dead process's. */
  synchronized void release() {
    if (raised) {
      raised = false;
      delete(partOfBackup());
      if (!backupStays) {
        delete(backupOf(token));
        delete(freshOf(token));
        delete(token);
      }
      deleteDirectory();
    }
    ProcessControl.Registration known = registration;
    if (known != null) {
      known.close();
    }
  }

  /** Unless kubectl has made its own lock of that name, or another process's token is in it. */
  private void deleteDirectory() {
    boolean ours;
    try {
      ours = listOfOurs() != null;
    } catch (IOException _) {
      ours = true; // a file would have been recognized
    }
    if (ours) {
      delete(directory);
    }
  }

  private void delete(Path path) {
    try {
      var _ = operations.delete(path);
    } catch (IOException _) {
      // The next process will.
    }
  }
}
