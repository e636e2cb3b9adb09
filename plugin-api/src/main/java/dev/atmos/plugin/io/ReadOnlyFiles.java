package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads whole files, and looks at directories. Safe for use by several threads. */
@ImplementedByHost
public interface ReadOnlyFiles {

  /**
   * The content of a file; empty if there is no such file, or a directory of its path is a file.
   *
   * @param limit how many bytes the file may have
   * @throws FileTooLargeException if it has more; at most {@code limit + 1} bytes have been read
   * @throws IOException if it can't be read, such as a directory, a file without the permission or
   *     a dangling link; the message says which of these, and doesn't name the path
   */
  Optional<byte[]> read(Path path, int limit) throws IOException;

  /** Whether there is a file or directory of that name. */
  boolean exists(Path path);

  /**
   * The names in a directory, in no particular order; empty if there is no such directory, or it is
   * a file.
   *
   * @throws IOException if the directory can't be read; the message doesn't name it
   */
  Optional<List<String>> list(Path directory) throws IOException;

  /**
   * The path with every symbolic link in it followed, as far as it exists; absolute, and without
   * {@code .} and {@code ..}.
   *
   * @throws IOException if a link can't be followed; the message doesn't name the path
   */
  Path real(Path path) throws IOException;

  /** A file is larger than the caller allows. */
  final class FileTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** A failure whose message names the limit. */
    public FileTooLargeException(int limit) {
      super("larger than " + limit + " bytes");
    }
  }
}
