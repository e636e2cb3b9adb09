package dev.atmos.plugin.io;

import java.io.IOException;
import java.nio.file.Path;

/** Writes whole files that only their owner may read. */
public interface PrivateFiles {

  /**
   * Makes or replaces a file. Whoever reads it meanwhile sees all of the old content or all of the
   * new. Directories that are missing are made, for the owner only.
   *
   * @throws IOException if it can't be written; what was there is as it was
   */
  void write(Path file, byte[] content) throws IOException;

  /**
   * Removes a file; false if it wasn't there.
   *
   * @throws IOException if it can't be removed
   */
  boolean delete(Path file) throws IOException;
}
