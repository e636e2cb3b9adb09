package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads whole files. A port, because the fastest way to do that isn't the most general one. */
@ImplementedByHost
public interface ReadOnlyFiles {

  /**
   * The content of a file; empty where there is no such file, or where a directory of its path is a
   * file.
   *
   * @param limit how many bytes the file may have
   * @throws FileTooLargeException if it has more; at most {@code limit + 1} bytes have been read
   * @throws IOException if there is something that can't be read, such as a directory, a file
   *     without the permission or a link to nothing; the message says which of these, and doesn't
   *     name the path
   */
  Optional<byte[]> read(Path path, int limit) throws IOException;

  /** Whether there is something of that name, be it a file or a directory. */
  boolean exists(Path path);

  /**
   * The names in a directory, in no particular order; empty where there is no such directory, or
   * something else has its name.
   *
   * @throws IOException if there is a directory that can't be read; the message doesn't name it
   */
  Optional<List<String>> list(Path directory) throws IOException;

  /**
   * The path with every symbolic link in it followed, as far as it exists; absolute, and without
   * {@code .} and {@code ..}.
   *
   * @throws IOException if that can't be found out; the message doesn't name the path
   */
  Path real(Path path) throws IOException;

  /** A file is larger than its reader is prepared to take. */
  final class FileTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says the limit in bytes. */
    public FileTooLargeException(int limit) {
      super("larger than " + limit + " bytes");
    }
  }
}
