package dev.atmos.kubeconfig.file;

import dev.atmos.services.system.FileReason;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * Replaces the content of a locked file atomically: by a file that takes its place. If that isn't
 * possible, or would change the file's owner or break its hard links, the file is written in place
 * with a backup in the lock.
 */
final class AtomicReplace {
  private static final String BACKUP = ".atmos-backup";
  private static final int OWNER_ONLY = 0600;
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final FileOperations operations;
  private final KubeconfigLock lock;
  private final Path file;

  /**
   * @param lock the lock of the file, which this process holds
   * @param file the file itself, not a link to it
   */
  AtomicReplace(FileOperations operations, KubeconfigLock lock, Path file) {
    this.operations = operations;
    this.lock = lock;
    this.file = file;
  }

  /**
   * Writes.
   *
   * @param old the current content
   * @param mode the mode of a new file
   */
  void write(byte[] old, byte[] content, int mode) throws IOException {
    lock.hold(() -> writeHeld(old, content, mode));
  }

  private void writeHeld(byte[] old, byte[] content, int mode) throws IOException {
    FileOperations.Attributes attributes = operations.attributes(file);
    Path token = lock.token();
    operations.write(token, content);
    if (attributes == null) {
      setMode(token, mode);
      operations.replace(token, file);
    } else if (attributes.links() > 1 || !canHaveOwnerOf(token, attributes)) {
      writeInPlace(old, content);
    } else {
      setMode(token, attributes.mode());
      replaceOrWriteInPlace(old, content);
    }
    sync(file);
  }

  private void setMode(Path token, int mode) throws IOException {
    if (mode != OWNER_ONLY && mode >= 0) {
      operations.setMode(token, mode);
    }
  }

  /** Whether a new file has the same owner and group as the old one, or can get them. */
  private boolean canHaveOwnerOf(Path token, FileOperations.Attributes attributes)
      throws IOException {
    FileOperations.Attributes ours =
        Objects.requireNonNull(operations.attributes(token), "the lock has gone");
    if (!Objects.equals(ours.owner(), attributes.owner())) {
      return false;
    }
    Object group = attributes.group();
    if (group == null || group.equals(ours.group())) {
      return true;
    }
    try {
      operations.setGroup(token, group);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void replaceOrWriteInPlace(byte[] old, byte[] content) throws IOException {
    try {
      operations.replace(lock.token(), file);
    } catch (FileSystemException e) {
      // A file that is a mount point can't be replaced. If the token is gone, the lock was broken.
      if (operations.attributes(lock.token()) == null) {
        throw e;
      }
      writeInPlace(old, content);
    }
  }

  private void writeInPlace(byte[] old, byte[] content) throws IOException {
    Path part = lock.partOfBackup();
    if (!operations.create(part)) {
      throw new FileSystemException(part.toString(), null, "the backup is being made already");
    }
    operations.write(part, old);
    operations.replace(part, lock.backup());
    sync(lock.backup());
    try {
      operations.write(file, content);
    } catch (IOException e) {
      putBack(old, e);
    }
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
          file.toString(), null, FileReason.of(e) + "; what it held is in " + lock.backup());
    }
    throw e;
  }

  /** Repairs the file if a process was killed while it was writing it in place. */
  void repair() throws IOException {
    lock.hold(this::repairHeld);
  }

  private void repairHeld() throws IOException {
    for (Path backup : lock.orphans()) {
      Path token = KubeconfigLock.tokenOf(backup);
      byte[] old = operations.read(backup, LARGEST);
      byte[] content = operations.read(token, LARGEST);
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
