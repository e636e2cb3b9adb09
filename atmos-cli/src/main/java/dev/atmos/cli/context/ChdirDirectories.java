package dev.atmos.cli.context;

import dev.atmos.cli.port.SystemPorts;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.system.FileReason;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directories of a run with {@code --chdir}: those of the system, but for the current one. */
final class ChdirDirectories implements Directories {
  private final Directories original;
  private final Path workingDirectory;

  private ChdirDirectories(Directories original, Path workingDirectory) {
    this.original = original;
    this.workingDirectory = workingDirectory;
  }

  /**
   * The directories after a change to the one of the option, else of the variable; null if none is
   * named.
   */
  static @Nullable Directories chosen(@Nullable String option, SystemPorts ports) {
    String origin = option == null ? "ATMOS_CHDIR" : "--chdir";
    String directory = option == null ? ports.environment().nonEmpty(origin).orElse(null) : option;
    return directory == null ? null : to(directory, origin, ports.directories(), ports.files());
  }

  /**
   * Goes to a directory.
   *
   * @param directory relative to the working directory; {@code ~} is the home directory
   * @param origin the option or variable that names it
   * @throws AtmosException with {@link ExitCode#USAGE} if there is no such directory
   */
  private static Directories to(
      String directory, String origin, Directories original, ReadOnlyFiles files) {
    if (directory.isEmpty()) {
      throw new AtmosException(ExitCode.USAGE, origin + " needs the path of a directory");
    }
    Path path;
    try {
      path = expanded(directory, original);
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, origin + " doesn't name a valid path");
    }
    boolean there;
    try {
      there = files.list(path).isPresent();
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.USAGE, "can't read the directory " + path + ": " + FileReason.of(e));
    }
    if (!there) {
      throw new AtmosException(
          ExitCode.USAGE,
          files.exists(path)
              ? path + " that " + origin + " names is not a directory"
              : "the directory " + path + " that " + origin + " names doesn't exist");
    }
    return new ChdirDirectories(original, path);
  }

  private static Path expanded(String directory, Directories original) {
    boolean below = directory.startsWith("~/") || directory.startsWith("~\\");
    Optional<Path> home = original.home();
    if (home.isPresent() && (below || directory.equals("~"))) {
      return home.get().resolve(below ? directory.substring(2) : "").normalize();
    }
    return original.workingDirectory().resolve(directory).normalize();
  }

  @Override
  public Path workingDirectory() {
    return workingDirectory;
  }

  @Override
  public Optional<Path> home() {
    return original.home();
  }

  @Override
  public Optional<Path> system() {
    return original.system();
  }

  @Override
  public Optional<Path> config() {
    return original.config();
  }

  @Override
  public Optional<Path> data() {
    return original.data();
  }

  @Override
  public Optional<Path> cache() {
    return original.cache();
  }

  @Override
  public Optional<Path> state() {
    return original.state();
  }
}
