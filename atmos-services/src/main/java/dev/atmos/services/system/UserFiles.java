package dev.atmos.services.system;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Host service: writes files that belong to the user and not to atmos. But for their content they
 * stay as they are: whose they are, who may read them, and where their links lead. One that is new
 * is for its owner only.
 */
public interface UserFiles {

  /**
   * Adds something to the end of a file.
   *
   * @throws IOException if it can't be written; the message doesn't name the path
   */
  void append(Path file, byte[] content) throws IOException;

  /**
   * Replaces the content of a file. A concurrent reader sees all of the old content or all of the
   * new, where the file's directory allows that.
   *
   * @throws IOException if it can't be written; the message doesn't name the path
   */
  void replace(Path file, byte[] content) throws IOException;
}
