package dev.atmos.cli.config.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Directories;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /**
   * The path that the command line or a variable names.
   *
   * @param origin the option, parameter or variable
   * @param wanted what has to be there: {@code a file} or {@code a directory}
   * @throws AtmosException if it is empty, or isn't a valid path
   */
  public static Path named(String text, String origin, String wanted, Directories directories) {
    if (text.isBlank()) {
      throw new AtmosException(
          ExitCode.USAGE,
          origin + " has an empty value where the path of " + wanted + " is needed");
    }
    try {
      return resolve(directories.workingDirectory(), text, directories.home());
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, origin + " doesn't name a valid path");
    }
  }

  /**
   * Where relative paths in all files start; null where each file decides that.
   *
   * @param option the value of {@code --base-path}, if it is given
   * @throws AtmosException if that, or else the variable, names no directory
   */
  public static @Nullable Path base(@Nullable String option, ConfigPorts ports) {
    String origin = option == null ? "ATMOS_BASE_PATH" : "--base-path";
    String text = option == null ? ports.environment().nonEmpty(origin).orElse(null) : option;
    if (text == null) {
      return null;
    }
    Path path = named(text, origin, "a directory", ports.directories());
    if (!ports.cache().isDirectory(path)) {
      throw ports.cache().notADirectory(path, origin);
    }
    return path;
  }

  public static boolean isInHome(String text) {
    return text.equals("~") || text.startsWith("~/") || text.startsWith("~\\");
  }
}
