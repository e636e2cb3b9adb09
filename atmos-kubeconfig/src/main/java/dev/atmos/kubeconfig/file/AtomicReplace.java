package dev.atmos.kubeconfig.file;

import dev.atmos.services.system.FileReason;
import dev.atmos.services.system.Sleeper;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the content of a locked file atomically: by a file that takes its place. If that isn't
 * possible, or would change the file's owner or break its hard links, the file is written in place
 * with a backup in the lock.
 */
final class AtomicReplace {
  private static final String BACKUP = ".atmos-backup";
  private static final int OWNER_ONLY = 0600;
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  /** How long a file that another program is writing has to stand still. */
  static final Duration STILL = Duration.ofMillis(300);

  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final Duration BETWEEN_READS = Duration.ofMillis(20);

  private final FileOperations operations;
  private final Sleeper sleeper;
  private final KubeconfigLock lock;
  private final Path file;
  private boolean inPlace;

  /** The lock has been lost, or the file changed, so nothing has been written. */
  static final class ChangedMeanwhileException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param lock the lock of the file, which this process holds
   * @param file the file itself, not a link to it
   */
  AtomicReplace(FileOperations operations, Sleeper sleeper, KubeconfigLock lock, Path file) {
    this.operations = operations;
    this.sleeper = sleeper;
    this.lock = lock;
    this.file = file;
  }

  /**
   * Writes. Another program may have opened the file before, and write into it only now.
   *
   * @param old the current content
   * @param mode the mode of a new file
   * @param watched whether to wait for such a program
   * @return what it has written, as soon as that stands still; null if it hasn't
   */
  byte @Nullable [] write(byte[] old, byte[] content, int mode, boolean watched)
      throws IOException {
    try {
      lock.hold(() -> prepare(content, mode));
      try (SeekableByteChannel opened = operations.open(file)) {
        lock.hold(() -> commit(old, content));
        return opened == null ? null : later(opened, inPlace ? content : old, watched);
      }
    } catch (IOException e) {
      if (lock.isLost()) {
        throw new ChangedMeanwhileException();
      }
      throw e;
    }
  }

  private void prepare(byte[] content, int mode) throws IOException {
    Path fresh = KubeconfigLock.freshOf(lock.token());
    var _ = operations.create(fresh);
    operations.write(fresh, content);
    FileOperations.Attributes attributes = operations.attributes(file);
    inPlace = attributes != null && (attributes.links() > 1 || !canHaveOwnerOf(fresh, attributes));
    if (!inPlace) {
      setMode(fresh, attributes == null ? mode : attributes.mode());
    }
    mark(fresh);
  }

  private void commit(byte[] old, byte[] content) throws IOException {
    if (lock.isLost()) {
      throw new ChangedMeanwhileException();
    }
    if (!inPlace) {
      replaceOrWriteInPlace(old, content);
    } else {
      writeInPlace(old, content);
    }
    sync(file);
  }

  private byte @Nullable [] later(SeekableByteChannel opened, byte[] before, boolean watched)
      throws IOException {
    Duration begun = sleeper.uptime();
    Duration since = begun;
    byte[] seen = before;
    while (true) {
      byte[] now = operations.read(opened, LARGEST);
      if (!Arrays.equals(now, seen)) {
        seen = now;
        since = sleeper.uptime();
      }
      boolean changed = !Arrays.equals(seen, before);
      if ((!changed && !watched) || sleeper.uptime().minus(since).compareTo(STILL) >= 0) {
        return changed ? seen : null;
      }
      if (sleeper.uptime().minus(begun).compareTo(PATIENCE) >= 0) {
        return null;
      }
      sleeper.pause(BETWEEN_READS);
    }
  }

  /** Not essential: without it, the next process waits until the file stands still. */
  private void mark(Path whole) {
    try {
      operations.mark(whole);
    } catch (IOException _) {
      // The file is another user's, or its file system keeps no such times.
    }
  }

  private void setMode(Path fresh, int mode) throws IOException {
    if (mode != OWNER_ONLY && mode >= 0) {
      operations.setMode(fresh, mode);
    }
  }

  /** Whether a new file has the same owner and group as the old one, or can get them. */
  private boolean canHaveOwnerOf(Path fresh, FileOperations.Attributes attributes)
      throws IOException {
    FileOperations.Attributes ours = operations.attributes(fresh);
    if (ours == null) {
      throw new ChangedMeanwhileException();
    }
    if (!Objects.equals(ours.owner(), attributes.owner())) {
      return false;
    }
    Object group = attributes.group();
    if (group == null || group.equals(ours.group())) {
      return true;
    }
    try {
      operations.setGroup(fresh, group);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void replaceOrWriteInPlace(byte[] old, byte[] content) throws IOException {
    try {
      operations.replace(KubeconfigLock.freshOf(lock.token()), file);
    } catch (FileSystemException e) {
      // A file that is a mount point can't be replaced. If the token is gone, the lock was broken.
      if (lock.isLost()) {
        throw e;
      }
      inPlace = true;
      writeInPlace(old, content);
    }
  }

  private void writeInPlace(byte[] old, byte[] content) throws IOException {
    Path part = lock.partOfBackup();
    if (!operations.create(part)) {
      throw new FileSystemException(part.toString(), null, "the backup is being made already");
    }
    operations.write(part, old);
    Path backup = KubeconfigLock.backupOf(lock.token());
    operations.replace(part, backup);
    sync(backup);
    if (!Arrays.equals(operations.read(file, LARGEST), old)) {
      throw new ChangedMeanwhileException();
    }
    try {
      operations.write(file, content);
    } catch (IOException e) {
      putBack(old, e);
    }
    mark(file);
  }

  private void putBack(byte[] old, IOException e) throws IOException {
    try {
      if (!Arrays.equals(operations.read(file, LARGEST), old)) {
        operations.write(file, old);
      }
    } catch (IOException again) {
      e.addSuppressed(again);
      lock.keepBackup();
      throw new FileSystemException(
          file.toString(),
          null,
          FileReason.of(e) + "; what it held is in " + KubeconfigLock.backupOf(lock.token()));
    }
    throw e;
  }

  /** Repairs the file if a process was killed while it was writing it in place. */
  void repair() throws IOException {
    lock.hold(this::repairHeld);
  }

  private void repairHeld() throws IOException {
    for (Path token : lock.orphans()) {
      Path backup = KubeconfigLock.backupOf(token);
      Path fresh = KubeconfigLock.freshOf(token);
      byte[] old = operations.read(backup, LARGEST);
      byte[] content = operations.read(fresh, LARGEST);
      byte[] now = operations.read(file, LARGEST);
      if (now == null || Arrays.equals(now, old) || Arrays.equals(now, content)) {
        var _ = operations.delete(backup);
      } else if (old != null && content != null && isMixture(now, content, old)) {
        operations.write(file, old);
        var _ = operations.delete(backup);
      } else {
        // The file has been changed since: keep the backup for the user.
        operations.replace(backup, file.resolveSibling(file.getFileName() + BACKUP));
      }
      var _ = operations.delete(fresh);
      var _ = operations.delete(token);
    }
  }

  /** Whether the file begins with the new content and goes on with the old one. */
  private static boolean isMixture(byte[] now, byte[] content, byte[] old) {
    int written = Arrays.mismatch(now, content);
    return now.length == Math.max(written, old.length)
        && (written >= old.length
            || Arrays.equals(now, written, now.length, old, written, old.length));
  }

  /** Not essential: the file is whole even if the device doesn't know its new name yet. */
  private void sync(Path changed) {
    Path directory = changed.getParent();
    try {
      if (directory != null) {
        operations.sync(directory);
      }
    } catch (IOException _) {
      // There is nothing to do about it.
    }
  }
}
