package dev.atmos.cli.port;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file or a directory that other users can change.
 *
 * @param path it, or what lies above it or behind a link
 * @param problem what is wrong with it: {@code can be changed by other users (mode 0777)}
 * @param cure what cures it, such as a command: {@code run: chmod go-w /place}; null for nothing
 */
public record UnsafePlace(Path path, String problem, @Nullable String cure) {

  /** The path, the problem and the cure. */
  public String advice() {
    return cure == null ? toString() : this + "; " + cure;
  }

  /** The path and the problem. */
  @Override
  public String toString() {
    return path + " " + problem;
  }
}
