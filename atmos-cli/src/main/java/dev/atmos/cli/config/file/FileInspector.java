package dev.atmos.cli.config.file;

import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads files that others may have put there, and tells whose they are. */
public interface FileInspector extends ReadOnlyFiles {

  /** Whether a path leads to a regular file. */
  boolean isFile(Path path);

  /** Whether a path is a link itself, wherever it leads. */
  boolean isLink(Path path);

  /**
   * Whose a path is, itself and not what it links to; null where there is nothing, or the file
   * system doesn't know of users.
   */
  @Nullable FileStatus status(Path path);

  /** The number of the user that this process runs as; asked only where files have a status. */
  int user() throws IOException;

  /**
   * The content of a regular file, without following a link where somebody else than the user and
   * root can put one; empty if there is none.
   *
   * @param real a path without links
   * @throws IOException as {@link #read} does, and if a part of the path is a link now
   */
  Optional<byte[]> readReal(Path real, int limit) throws IOException;

  /**
   * The content of a pipe or a device, which has to end soon.
   *
   * @throws IOException as {@link #read} does, and if it doesn't end
   */
  Optional<byte[]> readPipe(Path path, int limit) throws IOException;
}
