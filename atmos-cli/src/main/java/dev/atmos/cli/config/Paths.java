package dev.atmos.cli.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths as people write them. */
final class Paths {
  private Paths() {}

  /**
   * A path, absolute and without {@code .} and {@code ..}.
   *
   * @param base what a relative one starts from
   * @param text the path; {@code ~} and what begins with {@code ~/} is in the home directory
   * @throws InvalidPathException if it is none
   */
  static Path resolve(Path base, String text, Optional<Path> home) {
    if (home.isPresent() && isInHome(text)) {
      return home.get().resolve(text.length() == 1 ? "" : text.substring(2)).normalize();
    }
    return base.resolve(text).normalize();
  }

  static boolean isInHome(String text) {
    return text.equals("~") || text.startsWith("~/") || text.startsWith("~\\");
  }
}
