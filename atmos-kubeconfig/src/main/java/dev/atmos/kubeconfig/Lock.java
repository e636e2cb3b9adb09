package dev.atmos.kubeconfig;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.io.Pauses;
import dev.atmos.plugin.io.ProcessIdentity;
import dev.atmos.plugin.io.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
 *   <li>The token is also the file that the new content is written into, before it replaces the old
 *       one. So a process that was killed leaves nothing but its lock, and one whose lock was taken
 *       away can't replace anything.
 * </ul>
 *
 * <p>A lock that isn't a directory is kubectl's, and never removed.
 */
final class Lock {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SHORTEST_PAUSE = 5;
  private static final int LONGEST_PAUSE = 40;
  private static final String SUFFIX = ".lock";

  private final Disk disk;
  private final Path directory;
  private final Path token;
  private final String tokenName;

  private Lock(Disk disk, Path directory, String tokenName) {
    this.disk = disk;
    this.directory = directory;
    this.tokenName = tokenName;
    this.token = directory.resolve(tokenName);
  }

  /** The world, as far as waiting for a lock needs it. */
  record World(Disk disk, Processes processes, Pauses pauses, Clock clock) {}

  /** The lock of a file. */
  static Path of(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  /**
   * Waits for a lock and takes it.
   *
   * @throws IOException if it can't be made
   * @throws AtmosException with {@link ExitCode#UNAVAILABLE} if nothing has happened to it for ten
   *     seconds
   */
  static Lock take(World world, Path directory) throws IOException {
    ProcessIdentity self = world.processes().self();
    Lock lock = new Lock(world.disk(), directory, name(self));
    String seen = "";
    Duration since = world.pauses().uptime();
    long random = lock.tokenName.hashCode();
    while (true) {
      String holders = lock.tryTake(world.processes());
      if (holders == null) {
        return lock;
      }
      Duration now = world.pauses().uptime();
      if (!holders.equals(seen)) {
        seen = holders;
        since = now;
      } else if (now.minus(since).compareTo(PATIENCE) >= 0) {
        throw lock.timeout(world, holders);
      }
      random = random * 6364136223846793005L + 1442695040888963407L;
      long span = (random >>> 33) % (LONGEST_PAUSE - SHORTEST_PAUSE);
      world.pauses().pause(Duration.ofMillis(SHORTEST_PAUSE + span));
    }
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
  private @Nullable String tryTake(Processes processes) throws IOException {
    if (!disk.makeDirectory(directory)) {
      List<String> names = disk.list(directory);
      if (names == null) {
        return "another program, " + disk.changed(directory);
      }
      String others = others(names, processes);
      if (!others.isEmpty()) {
        return others;
      }
    }
    if (!raise()) {
      return "nobody for long";
    }
    List<String> names = disk.list(directory);
    String others = names == null ? "nobody for long" : others(names, processes);
    if (others.isEmpty() && names != null && names.contains(tokenName)) {
      return null;
    }
    var _ = disk.delete(token);
    return others;
  }

  /** Puts the token into the directory; false if that has gone, or another thread was faster. */
  private boolean raise() throws IOException {
    try {
      return disk.create(token);
    } catch (IOException e) {
      if (disk.list(directory) == null) {
        return false;
      }
      release();
      throw e;
    }
  }

  /** The tokens of others that are alive. Those of the dead are removed. */
  private String others(List<String> names, Processes processes) throws IOException {
    TreeSet<String> others = new TreeSet<>();
    for (String name : names) {
      if (name.equals(tokenName)) {
        continue;
      }
      ProcessIdentity process = process(name);
      if (process == null || processes.isRunning(process)) {
        others.add(name);
      } else {
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

  /** A second file in the lock, which goes with the token. */
  Path besideToken() {
    return directory.resolve(tokenName + ".backup");
  }

  /** Gives the lock back. Never fails: a lock that stays is known for that of a dead process. */
  void release() {
    for (Path path : List.of(besideToken(), token, directory)) {
      try {
        var _ = disk.delete(path);
      } catch (IOException _) {
        // The directory isn't empty where another process has put its token into it meanwhile.
      }
    }
  }
}
