package dev.atmos.cli.bootstrap;

import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The places of the operating system, by the XDG base directories (of which {@code ATMOS_XDG_*} are
 * atmos's own), and by {@code %LOCALAPPDATA%} on Windows.
 *
 * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG Base Directory
 *     Specification</a>
 */
final class StandardDirectories implements Directories {
  private final Environment environment;
  private final FileSystem files;
  private final boolean windows;
  private final String workingDirectory;
  private final String userHome;

  /** Those of this process. */
  StandardDirectories(Environment environment) {
    // Without HOME the JVM asks the user database, and says "?" where that has no answer.
    this(
        environment,
        FileSystems.getDefault(),
        System.getProperty("user.dir", ""),
        System.getProperty("user.home", "?"));
  }

  /** Those of a process on another machine. */
  StandardDirectories(
      Environment environment, FileSystem files, String workingDirectory, String userHome) {
    this.environment = environment;
    this.files = files;
    this.windows = files.getSeparator().equals("\\");
    this.workingDirectory = workingDirectory;
    this.userHome = userHome;
  }

  @Override
  public Path workingDirectory() {
    return files.getPath(workingDirectory);
  }

  @Override
  public Optional<Path> home() {
    Optional<String> home = environment.nonEmpty("HOME");
    if (home.isPresent() && !windows) {
      return absolute(home.get());
    }
    Optional<Path> fromSystem = absolute(userHome);
    return fromSystem.isPresent() || home.isEmpty() ? fromSystem : absolute(home.get());
  }

  @Override
  public Optional<Path> system() {
    if (windows) {
      return below(environment.nonEmpty("ProgramData"));
    }
    return Optional.of(files.getPath("/usr/local/etc/atmos"));
  }

  @Override
  public Optional<Path> config() {
    return directory("CONFIG", ".config");
  }

  @Override
  public Optional<Path> data() {
    return directory("DATA", ".local/share");
  }

  @Override
  public Optional<Path> cache() {
    return directory("CACHE", ".cache");
  }

  @Override
  public Optional<Path> state() {
    return directory("STATE", ".local/state");
  }

  private Optional<Path> directory(String kind, String underHome) {
    for (String variable : new String[] {"ATMOS_XDG_" + kind + "_HOME", "XDG_" + kind + "_HOME"}) {
      // The specification wants relative paths ignored.
      Optional<Path> directory = below(environment.nonEmpty(variable));
      if (directory.isPresent()) {
        return directory;
      }
    }
    if (windows) {
      Optional<Path> directory = below(environment.nonEmpty("LOCALAPPDATA"));
      if (directory.isPresent()) {
        return directory;
      }
    }
    Optional<Path> home = home();
    return home.isPresent()
        ? Optional.of(home.get().resolve(underHome).resolve("atmos"))
        : Optional.empty();
  }

  /** The directory of this program in one that is absolute. */
  private Optional<Path> below(Optional<String> directory) {
    Optional<Path> path = directory.isPresent() ? absolute(directory.get()) : Optional.empty();
    return path.isPresent() ? Optional.of(path.get().resolve("atmos")) : path;
  }

  private Optional<Path> absolute(String text) {
    try {
      Path path = files.getPath(text);
      return path.isAbsolute() ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      // No path at all, and so no more than a relative one.
      return Optional.empty();
    }
  }
}
