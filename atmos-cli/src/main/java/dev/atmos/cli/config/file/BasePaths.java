package dev.atmos.cli.config.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.io.Directories;
import dev.atmos.services.config.ConfigMap;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where relative paths start: {@code --base-path}, else {@code ATMOS_BASE_PATH}, else the {@code
 * base_path} of the file that they stand in, else its directory.
 */
public final class BasePaths {
  private static final String OPTION = "--base-path";
  private static final String VARIABLE = "ATMOS_BASE_PATH";
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
  public static BasePaths of(@Nullable String option, ConfigPorts ports) {
    String origin = option == null ? VARIABLE : OPTION;
    String text = option == null ? ports.environment().nonEmpty(VARIABLE).orElse(null) : option;
    Path path = null;
    if (text != null) {
      path = ConfigPaths.named(text, origin, "a directory", ports.directories());
      if (!ports.cache().isDirectory(path)) {
        throw ports.cache().notADirectory(path, origin);
      }
    }
    return new BasePaths(ports.directories(), path);
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
