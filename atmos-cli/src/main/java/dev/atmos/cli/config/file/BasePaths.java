package dev.atmos.cli.config.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.config.ConfigMap;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where relative paths start: {@code --base-path}, else {@code ATMOS_BASE_PATH}, else the {@code
 * base_path} of the file that they stand in, else its directory.
 */
public final class BasePaths {
  static final String OPTION = "--base-path";
  static final String VARIABLE = "ATMOS_BASE_PATH";
  public static final String KEY = "base_path";

  private final Directories directories;
  private final @Nullable Path given;

  private BasePaths(Directories directories, @Nullable Path given) {
    this.directories = directories;
    this.given = given;
  }

  /**
   * Looks up the base path of all files.
   *
   * @param option the value of {@code --base-path}, if it is given
   * @throws AtmosException if that, or else the variable, names no directory
   */
  public static BasePaths of(
      @Nullable String option,
      Directories directories,
      Environment environment,
      ReadOnlyFiles reader) {
    String text = option;
    String origin = OPTION;
    if (text == null) {
      text = environment.nonEmpty(VARIABLE).orElse(null);
      origin = VARIABLE;
    }
    return new BasePaths(
        directories, text == null ? null : directory(text, origin, directories, reader));
  }

  private static Path directory(
      String text, String origin, Directories directories, ReadOnlyFiles reader) {
    if (text.isBlank()) {
      throw new AtmosException(
          ExitCode.USAGE, origin + " has an empty value where the path of a directory is needed");
    }
    Path path;
    try {
      path = ConfigPaths.resolve(directories.workingDirectory(), text, directories.home());
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, origin + " doesn't name a valid path");
    }
    try {
      if (reader.list(path).isPresent()) {
        return path;
      }
    } catch (IOException e) {
      // It can't be listed, but it is a directory.
      return path;
    }
    throw new AtmosException(
        ExitCode.USAGE,
        reader.exists(path)
            ? path + " that " + origin + " names is not a directory"
            : "the directory " + path + " that " + origin + " names doesn't exist");
  }

  /** Where relative paths in all files start; null where each file decides that. */
  @Nullable Path given() {
    return given;
  }

  /** Where relative paths in a file start. */
  Path of(ConfigFile file, @Nullable ConfigMap root) {
    if (given != null) {
      return given;
    }
    Optional<String> own = root == null ? Optional.empty() : root.text(KEY);
    if (root == null || own.isEmpty() || own.get().isBlank()) {
      return file.directory();
    }
    try {
      return ConfigPaths.resolve(file.directory(), own.get(), directories.home());
    } catch (InvalidPathException e) {
      throw root.positionOf(KEY).error("'" + KEY + "' is not a valid path");
    }
  }
}
