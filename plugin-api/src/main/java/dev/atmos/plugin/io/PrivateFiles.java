package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whole files that only their owner may read, in directories that only their owner may change. Safe
 * for use by several threads.
 *
 * <p>If a directory on the way to a file belongs to another user, or others may write to it, they
 * could plant files for atmos to use, or read its own: so nothing is written there. A link in the
 * place of a file is never followed.
 */
@ImplementedByHost
public interface PrivateFiles {

  /**
   * The content of a file; empty if there is no such file, or a directory of its path is a file. If
   * others may read a file of the user's, they no longer may afterwards.
   *
   * @param limit how many bytes the file may have
   * @throws ReadOnlyFiles.FileTooLargeException if it has more
   * @throws IOException if the file can't be read, or if others may have created or changed it; the
   *     message says which of these, and doesn't name the path
   */
  Optional<byte[]> read(Path file, int limit) throws IOException;

  /**
   * Creates or replaces a file in one step: a concurrent reader sees all of the old content or all
   * of the new. Missing directories are created for the owner only; the file's own directory is
   * closed to others.
   *
   * @throws IOException if it can't be written, or others may change the directory; the old content
   *     is unchanged
   */
  void write(Path file, byte[] content) throws IOException;

  /**
   * Takes the space on the disk that the next {@link #write} of a file needs, so that it can't fail
   * for want of it.
   *
   * @param bytes how long the content may be; 0 gives the space back
   * @throws IOException if the disk lacks that space, or the file can't be written
   */
  default void reserve(Path file, int bytes) throws IOException {}

  /**
   * Removes a file or an empty directory; false if it doesn't exist.
   *
   * @throws IOException if it can't be removed
   */
  boolean delete(Path file) throws IOException;
}
