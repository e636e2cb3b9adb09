package dev.atmos.services.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Host service: writes files that belong to the user and not to atmos. But for their content they
 * stay as they are: whose they are, who may read them (unless {@link #protect} is called), and
 * where their links lead. One that is new is for its owner only. What can be written besides is a
 * device, and what the process has open, such as {@code /dev/stdout}.
 */
public interface UserFiles {

  /**
   * Makes sure that a file may be written, be it there or not; the other methods do so too.
   *
   * @throws IOException if there is something else than a file, such as a pipe, or if another user
   *     has put the file or a link on the way to it there; the message doesn't name the file
   */
  void requireWritable(Path file) throws IOException;

  /**
   * Whether what is at a path, be it a link, belongs to another user than this one and root.
   *
   * @throws IOException if that can't be found out
   */
  boolean isOfOthers(Path path) throws IOException;

  /**
   * What a file holds that is about to be written; empty where there is none, or a device.
   *
   * @param limit how many bytes the file may have
   * @throws IOException if it can't be read, or may not be written; the message doesn't name the
   *     path
   */
  Optional<byte[]> read(Path file, int limit) throws IOException;

  /**
   * Takes the rights of others away from a file that is about to hold a secret. Does nothing for a
   * device, and for a file that doesn't exist.
   *
   * @throws IOException if that can't be done, or if others can exchange the file; the message
   *     doesn't name the path
   */
  void protect(Path file) throws IOException;

  /**
   * Takes the right to change a file away from everybody, so that programs refuse to. It can still
   * be replaced. Does nothing where the file system has no such rights.
   *
   * @throws IOException if that can't be done; the message doesn't name the path
   */
  void makeReadOnly(Path file) throws IOException;

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

  /**
   * Removes a file that atmos has made. One that a link leads to is emptied, so that the link still
   * leads to a file.
   *
   * @throws IOException if it can't be removed; the message doesn't name the path
   */
  void delete(Path file) throws IOException;
}
