package dev.atmos.cli.port;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file or a directory that other users can change.
 *
 * @param path it, or what lies above it or behind a link
 * @param problem what is wrong with it: {@code can be changed by other users (mode 0777)}
 * @param cure the command that cures it; null if there is none
 */
public record UnsafePlace(Path path, String problem, @Nullable String cure) {

  /** The path, the problem and the cure. */
  public String advice() {
    return cure == null ? toString() : this + "; run: " + cure;
  }

  /** The path and the problem. */
  @Override
  public String toString() {
    return path + " " + problem;
  }
}
