package dev.atmos.cli.config.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths as users write them. */
public final class ConfigPaths {
  private ConfigPaths() {}

  /**
   * A path, absolute and without {@code .} and {@code ..}.
   *
   * @param base where a relative path starts
   * @param text the path; {@code ~} is the home directory
   * @throws InvalidPathException if it isn't a valid path
   */
  public static Path resolve(Path base, String text, Optional<Path> home) {
    if (home.isPresent() && isInHome(text)) {
      return home.get().resolve(text.length() == 1 ? "" : text.substring(2)).normalize();
    }
    return base.resolve(text).normalize();
  }

  public static boolean isInHome(String text) {
    return text.equals("~") || text.startsWith("~/") || text.startsWith("~\\");
  }
}
