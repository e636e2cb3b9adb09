package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whole files that only their owner may read, in directories that nobody else may change.
 *
 * <p>Where a directory on the way to a file belongs to somebody else, or everybody may change it,
 * who can plant files there could have us use them, or read ours: so nothing is written there.
 * Links in the place of a file are never followed.
 */
@ImplementedByHost
public interface PrivateFiles {

  /**
   * The content of a file; empty where there is no such file, or where a directory of its path is a
   * file. A file of the user's own that others may read is closed to them.
   *
   * @param limit how many bytes the file may have
   * @throws ReadOnlyFiles.FileTooLargeException if it has more
   * @throws IOException if there is something that can't be read, or that others may have put there
   *     or changed; the message says which of these, and doesn't name the path
   */
  Optional<byte[]> read(Path file, int limit) throws IOException;

  /**
   * Makes or replaces a file. Whoever reads it meanwhile sees all of the old content or all of the
   * new. Directories that are missing are made, for the owner only; the one that the file is in is
   * closed to others.
   *
   * @throws IOException if it can't be written, or doesn't belong where others may change it; what
   *     was there is as it was
   */
  void write(Path file, byte[] content) throws IOException;

  /**
   * Removes a file, or a directory that is empty; false if it wasn't there.
   *
   * @throws IOException if it can't be removed
   */
  boolean delete(Path file) throws IOException;
}
