package dev.atmos.kubeconfig.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file operations that kubeconfigs need, each about one system call. */
interface FileOperations {

  /**
   * The attributes of a file.
   *
   * @param regular whether it is a plain file
   * @param mode its nine bits; -1 if the file system has none
   * @param owner its owner; null if the file system has none
   * @param group its group; null if the file system has none
   * @param links how many names it has
   */
  record Attributes(
      boolean regular, int mode, @Nullable Object owner, @Nullable Object group, int links) {}

  /** The content of a file; null if it doesn't exist. */
  byte @Nullable [] read(Path file, int limit) throws IOException;

  /** The path with all links followed, whether the file exists or not. */
  Path real(Path path) throws IOException;

  /** The attributes of a file; null if it doesn't exist. */
  @Nullable Attributes attributes(Path file) throws IOException;

  /** When a file or directory was last changed; null if it doesn't exist. */
  @Nullable Instant changed(Path path) throws IOException;

  /** Makes a directory and its missing parents, for their owner only. */
  void makeDirectories(Path directory) throws IOException;

  /** Makes a directory for its owner only; false if the name is taken. */
  boolean makeDirectory(Path directory) throws IOException;

  /** The names in a directory; null if there is none. */
  @Nullable List<String> list(Path directory) throws IOException;

  /** Makes an empty file for its owner only; false if the name is taken. */
  boolean create(Path file) throws IOException;

  /** Overwrites a file, truncates it, and waits for the device. */
  void write(Path file, byte[] content) throws IOException;

  /** Sets the mode of a file. */
  void setMode(Path file, int mode) throws IOException;

  /** Sets the group of a file. */
  void setGroup(Path file, Object group) throws IOException;

  /** Replaces a file by another, atomically. */
  void replace(Path file, Path target) throws IOException;

  /** Removes a file or an empty directory; false if there is none. */
  boolean delete(Path path) throws IOException;

  /** Waits until the device knows the names in a directory. */
  void sync(Path directory) throws IOException;
}
