package dev.atmos.cli.port;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether only the user and the administrator can change what is at a path: code, and what
 * decides about trust, is taken from nowhere else.
 */
public interface SafePlaces {

  /**
   * What other users can change: the file or directory itself, a directory above it, or the same
   * for a link on the way, and for what it leads to. Null if they can change none of these. Of a
   * path that doesn't exist, the part that exists counts.
   */
  @Nullable UnsafePlace problem(Path path);

  /**
   * The SHA-256 of a file, as 64 lower-case hexadecimal digits.
   *
   * @throws IOException if it can't be read
   */
  String sha256(Path file) throws IOException;
}
