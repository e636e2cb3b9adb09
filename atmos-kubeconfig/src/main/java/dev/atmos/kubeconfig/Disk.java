package dev.atmos.kubeconfig;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations that kubeconfigs are read and written by, one call of the system each or so. */
interface Disk {

  /**
   * What is known of a file without reading it.
   *
   * @param regular whether it is a plain file
   * @param mode its nine bits; -1 where the file system knows none
   * @param owner who it belongs to; null where the file system doesn't say
   * @param group which group it belongs to; null where the file system doesn't say
   * @param links how many names it has
   */
  record Facts(
      boolean regular, int mode, @Nullable Object owner, @Nullable Object group, int links) {}

  /** The content of a file; null where there is none. */
  byte @Nullable [] read(Path file, int limit) throws IOException;

  /** Where a path leads, every link followed, whether there is anything or not. */
  Path real(Path path) throws IOException;

  /** What is known of a file; null where there is none. */
  @Nullable Facts facts(Path file) throws IOException;

  /** When a file or directory was last changed; null where there is none. */
  @Nullable Instant changed(Path path) throws IOException;

  /** Makes a directory and those above it that are missing, for their owner only. */
  void makeDirectories(Path directory) throws IOException;

  /** Makes a directory for its owner only; false where its name is taken. */
  boolean makeDirectory(Path directory) throws IOException;

  /** The names in a directory; null where there is none of that name. */
  @Nullable List<String> list(Path directory) throws IOException;

  /** Makes an empty file for its owner only; false where its name is taken. */
  boolean create(Path file) throws IOException;

  /** Writes a file from its beginning, cuts off what is longer, and waits for the device. */
  void write(Path file, byte[] content) throws IOException;

  /** Gives a file a mode. */
  void setMode(Path file, int mode) throws IOException;

  /** Gives a file to a group. */
  void setGroup(Path file, Object group) throws IOException;

  /** Puts a file in the place of another, at once. */
  void replace(Path file, Path target) throws IOException;

  /** Removes a file or an empty directory; false where there is none. */
  boolean delete(Path path) throws IOException;

  /** Waits for the device to know what was renamed in a directory. */
  void sync(Path directory) throws IOException;
}
