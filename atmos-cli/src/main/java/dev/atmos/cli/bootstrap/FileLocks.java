package dev.atmos.cli.bootstrap;

import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.FileReason;
import dev.atmos.services.system.Locks;
import dev.atmos.services.system.Sleeper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Locks of the operating system on files, which die with their process. Such a lock belongs to the
 * whole process, and is lost when any channel of its file is closed: so the threads of this process
 * are kept apart by a lock of Java's, and only the thread that has that one opens the file.
 */
final class FileLocks implements Locks {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(300);

  private static final int LONGEST_TEXT = 4096;

  private final Map<Path, ReentrantLock> threads = new ConcurrentHashMap<>();
  private final Map<FileChannel, Integer> held = new ConcurrentHashMap<>();
  private final OwnershipCheck places = new OwnershipCheck();
  private final Sleeper pauses;
  private final LongFunction<Optional<Duration>> work;

  /**
   * @param work how long the processor has worked for a process
   */
  FileLocks(Sleeper pauses, LongFunction<Optional<Duration>> work) {
    this.pauses = pauses;
    this.work = work;
  }

  @Override
  public <T> T exclusively(Path file, String purpose, Duration patience, Supplier<T> action) {
    Path path = file.toAbsolutePath().normalize();
    ReentrantLock thread = threads.computeIfAbsent(path, key -> new ReentrantLock());
    if (thread.isHeldByCurrentThread()) {
      throw new IllegalStateException("the lock is held already: " + purpose);
    }
    try {
      if (!thread.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy(purpose, path, "another thread of this process");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AtmosException(ExitCode.INTERRUPTED, "interrupted", null, e);
    }
    // Closing the channel gives the lock back.
    try (FileChannel channel = open(path, purpose)) {
      lock(channel, path, purpose, patience);
      held.put(channel, 0);
      sign(channel, own());
      try {
        return action.get();
      } catch (AtmosException e) {
        if (e.exitCode() == ExitCode.UNAVAILABLE) {
          // Those who waited would have to wait as long again, one by one.
          tell(channel, own().failed(e.sentence()));
        }
        throw e;
      } finally {
        held.remove(channel);
      }
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED,
          "can't keep a sign-in in " + path.getParent() + ": " + FileReason.of(e),
          "set ATMOS_XDG_STATE_HOME to a directory that you can write to",
          e);
    } finally {
      thread.unlock();
    }
  }

  private FileChannel open(Path path, String purpose) throws IOException {
    Path directory = path.getParent();
    if (directory == null) {
      throw new IOException(PlainFileReader.NOT_PLAIN);
    }
    // Another user who can open the lock can keep it.
    UnsafePlace problem = places.problem(path);
    if (problem != null) {
      throw new AtmosException(
          ExitCode.USAGE, "can't lock " + purpose + ": " + problem, problem.cure(), null);
    }
    OwnerOnlyPermissions.makeDirectories(directory);
    boolean there = Files.exists(path);
    // A link in its place could point to anything.
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            LinkOption.NOFOLLOW_LINKS);
    FileChannel channel =
        FileChannel.open(path, options, OwnerOnlyPermissions.of(directory, "rw-------"));
    if (!there) {
      OwnerOnlyPermissions.set(path, PosixFilePermissions.fromString("rw-------"));
    }
    return channel;
  }

  private void lock(FileChannel channel, Path path, String purpose, Duration patience)
      throws IOException {
    // Not by Duration.multipliedBy, which loads BigDecimal and some thirty classes with it.
    Duration limit = Duration.ofMillis(patience.toMillis() * pauses.slowness());
    HolderWatch watch = new HolderWatch(work, limit, pauses.uptime());
    Duration pause = FIRST_PAUSE;
    while (!tryLock(channel)) {
      LockNote note = read(channel);
      if (watch.isOver(note, pauses.uptime())) {
        throw busy(purpose, path, note.holder());
      }
      pauses.pause(pause);
      pause = pause.plus(pause);
      if (pause.compareTo(LONGEST_PAUSE) > 0) {
        // Not all in step: many processes may wait for the one.
        pause = LONGEST_PAUSE.minusMillis(OwnPid.get() % 50);
      }
    }
    LockNote holder = watch.note();
    if (holder == null) {
      return;
    }
    LockNote last = read(channel);
    String failure = last.failure();
    if (failure != null && last.pid().equals(holder.pid())) {
      throw new AtmosException(ExitCode.UNAVAILABLE, failure);
    }
  }

  /**
   * What the holder of a lock writes into its file, for those that wait: {@code 4242}, then {@code
   * 4242 1} with the number of answers that have come, and {@code 4242 failed: why} at the end.
   *
   * @param pid the holder's process; empty if the text doesn't begin with one
   * @param state what follows it
   */
  record LockNote(String pid, String state) {
    private static final String FAILED = " failed: ";

    static LockNote of(String text) {
      int end = 0;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        end++;
      }
      return new LockNote(text.substring(0, end), text.substring(end));
    }

    LockNote answered(int times) {
      return new LockNote(pid, " " + times);
    }

    LockNote failed(String why) {
      return new LockNote(pid, FAILED + why);
    }

    /** Why the holder has failed; null if it hasn't. */
    @Nullable String failure() {
      return state.startsWith(FAILED) ? state.substring(FAILED.length()) : null;
    }

    String text() {
      return pid + state;
    }

    String holder() {
      return pid.isEmpty() ? "another process" : "process " + pid;
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another instance in this process has it, which is a holder like any other.
      return false;
    }
  }

  @Override
  public void progress() {
    for (FileChannel channel : List.copyOf(held.keySet())) {
      tell(channel, own().answered(held.merge(channel, 1, Integer::sum)));
    }
  }

  private static LockNote own() {
    return LockNote.of(Long.toString(OwnPid.get()));
  }

  private static void tell(FileChannel channel, LockNote note) {
    try {
      sign(channel, note);
    } catch (IOException e) {
      // On a full disk, say: others don't learn of it, and wait for as long as they would have.
    }
  }

  private static void sign(FileChannel channel, LockNote note) throws IOException {
    // What is left behind the line doesn't count: to truncate the file takes longer than to sign
    // it.
    byte[] text = (note.text() + "\n").getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(text, 0, Math.min(text.length, LONGEST_TEXT)), 0);
  }

  private static LockNote read(FileChannel channel) throws IOException {
    // No larger than needed: those that wait read it again and again.
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size(), LONGEST_TEXT));
    channel.read(buffer, 0);
    String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    return LockNote.of(end < 0 ? text : text.substring(0, end));
  }

  private static AtmosException busy(String purpose, Path path, String holder) {
    return new AtmosException(
        ExitCode.UNAVAILABLE,
        "gave up waiting for " + purpose + ": " + holder + " holds " + path,
        "try again, or end that process");
  }
}
