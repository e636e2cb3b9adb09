package dev.atmos.kubeconfig;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * Gives a locked file new content: by a file that takes its place at once, or, where that can't be
 * or would make it another file to somebody, in place and with a backup in the lock.
 */
final class Replacement {
  private static final String BACKUP = ".atmos-backup";
  private static final int OWNER_ONLY = 0600;
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final Disk disk;
  private final Lock lock;
  private final Path file;

  /**
   * @param lock the lock of that file, which is held
   * @param file the file itself, not a link to it
   */
  Replacement(Disk disk, Lock lock, Path file) {
    this.disk = disk;
    this.lock = lock;
    this.file = file;
  }

  /**
   * Writes.
   *
   * @param old what the file holds
   * @param mode the mode if it is new
   */
  void write(byte[] old, byte[] content, int mode) throws IOException {
    lock.hold(() -> writeHeld(old, content, mode));
  }

  private void writeHeld(byte[] old, byte[] content, int mode) throws IOException {
    Disk.Facts facts = disk.facts(file);
    Path token = lock.token();
    disk.write(token, content);
    if (facts == null) {
      setMode(token, mode);
      disk.replace(token, file);
    } else if (facts.links() > 1 || !canBelong(token, facts)) {
      writeInPlace(old, content);
    } else {
      setMode(token, facts.mode());
      replaceOrWriteInPlace(old, content);
    }
    sync(file);
  }

  private void setMode(Path token, int mode) throws IOException {
    if (mode != OWNER_ONLY && mode >= 0) {
      disk.setMode(token, mode);
    }
  }

  /** Whether a new file belongs to whom the old one does, or can be made to. */
  private boolean canBelong(Path token, Disk.Facts facts) throws IOException {
    Disk.Facts ours = Objects.requireNonNull(disk.facts(token), "the lock has gone");
    if (!Objects.equals(ours.owner(), facts.owner())) {
      return false;
    }
    Object group = facts.group();
    if (group == null || group.equals(ours.group())) {
      return true;
    }
    try {
      disk.setGroup(token, group);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void replaceOrWriteInPlace(byte[] old, byte[] content) throws IOException {
    try {
      disk.replace(lock.token(), file);
    } catch (FileSystemException e) {
      // A file that is mounted by itself can't be replaced. A token that has gone is a lock that
      // somebody has taken away.
      if (disk.facts(lock.token()) == null) {
        throw e;
      }
      writeInPlace(old, content);
    }
  }

  private void writeInPlace(byte[] old, byte[] content) throws IOException {
    Path part = lock.partOfBackup();
    if (!disk.create(part)) {
      throw new FileSystemException(part.toString(), null, "the backup is being made already");
    }
    disk.write(part, old);
    disk.replace(part, lock.backup());
    sync(lock.backup());
    try {
      disk.write(file, content);
    } catch (IOException e) {
      putBack(old, e);
    }
  }

  private void putBack(byte[] old, IOException e) throws IOException {
    try {
      if (!Arrays.equals(disk.read(file, LARGEST), old)) {
        disk.write(file, old);
      }
    } catch (IOException again) {
      e.addSuppressed(again);
      lock.keepBackup();
      throw new FileSystemException(
          file.toString(), null, Store.reason(e) + "; what it held is in " + lock.backup());
    }
    throw e;
  }

  /** Mends the file where a process was killed that was writing it in place. */
  void mend() throws IOException {
    lock.hold(this::mendHeld);
  }

  private void mendHeld() throws IOException {
    for (Path backup : lock.orphans()) {
      Path token = Lock.tokenOf(backup);
      byte[] old = disk.read(backup, LARGEST);
      byte[] content = disk.read(token, LARGEST);
      byte[] now = disk.read(file, LARGEST);
      if (now == null || Arrays.equals(now, old) || Arrays.equals(now, content)) {
        var _ = disk.delete(backup);
      } else if (old != null && content != null && isMixture(now, content, old)) {
        disk.write(file, old);
        var _ = disk.delete(backup);
      } else {
        // Somebody has changed it since: what it held is theirs to look at.
        disk.replace(backup, file.resolveSibling(file.getFileName() + BACKUP));
      }
      var _ = disk.delete(token);
    }
  }

  /** Whether a file that held something was being written over, and the rest is still there. */
  private static boolean isMixture(byte[] now, byte[] content, byte[] old) {
    int written = Arrays.mismatch(now, content);
    return now.length == Math.max(written, old.length)
        && (written >= old.length
            || Arrays.equals(now, written, now.length, old, written, old.length));
  }

  /** A file is whole whether the device has heard of its new name or not. */
  private void sync(Path changed) {
    Path directory = changed.getParent();
    try {
      if (directory != null) {
        disk.sync(directory);
      }
    } catch (IOException _) {
      // Nothing that anybody could do.
    }
  }
}
