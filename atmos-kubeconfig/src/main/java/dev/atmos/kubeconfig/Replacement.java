package dev.atmos.kubeconfig;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives a locked file new content: by a file that takes its place at once, or, where that can't be
 * or would make it another file to somebody, in place and with a backup beside it.
 */
final class Replacement {
  private static final String BACKUP = ".atmos-backup";
  private static final int OWNER_ONLY = 0600;

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
    sync();
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
    } catch (IOException e) {
      return false;
    }
  }

  private void replaceOrWriteInPlace(byte[] old, byte[] content) throws IOException {
    try {
      disk.replace(lock.token(), file);
    } catch (FileSystemException e) {
      // A file that is mounted by itself can't be replaced, nor one of another device.
      if (disk.facts(lock.token()) == null) {
        throw e;
      }
      writeInPlace(old, content);
    }
  }

  private void writeInPlace(byte[] old, byte[] content) throws IOException {
    Path backup = file.resolveSibling(file.getFileName() + BACKUP);
    byte[] earlier = disk.read(backup, Integer.MAX_VALUE - 8);
    if (earlier != null && !Arrays.equals(earlier, old)) {
      throw new FileSystemException(
          file.toString(),
          null,
          "writing it was cut off before; what it held is in "
              + backup
              + ": put the right one in its place and remove the backup");
    }
    if (earlier == null) {
      Path made = lock.besideToken();
      if (!disk.create(made)) {
        throw new FileSystemException(made.toString(), null, "the backup is being made already");
      }
      disk.write(made, old);
      disk.replace(made, backup);
      sync();
    }
    try {
      disk.write(file, content);
    } catch (IOException e) {
      putBack(old, backup, e);
    }
    var _ = disk.delete(backup);
  }

  private void putBack(byte[] old, Path backup, IOException e) throws IOException {
    try {
      if (!Arrays.equals(disk.read(file, Integer.MAX_VALUE - 8), old)) {
        disk.write(file, old);
      }
      var _ = disk.delete(backup);
    } catch (IOException again) {
      e.addSuppressed(again);
      throw new FileSystemException(
          file.toString(), null, reason(e) + "; what it held is in " + backup);
    }
    throw e;
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return reason == null ? "the file system refuses" : reason;
  }

  /** The file is whole whether the device has heard of it or not. */
  private void sync() {
    @Nullable Path directory = file.getParent();
    try {
      if (directory != null) {
        disk.sync(directory);
      }
    } catch (IOException _) {
      // Nothing that anybody could do.
    }
  }
}
