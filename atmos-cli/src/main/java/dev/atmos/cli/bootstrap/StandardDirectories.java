package dev.atmos.cli.bootstrap;

import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import java.io.File;
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
  private final boolean windows;

  StandardDirectories(Environment environment) {
    this.environment = environment;
    this.windows = File.separatorChar == '\\';
  }

  @Override
  public Path workingDirectory() {
    return Path.of(System.getProperty("user.dir", ""));
  }

  @Override
  public Optional<Path> home() {
    Optional<String> home = environment.nonEmpty("HOME");
    if (home.isPresent() && !windows) {
      return absolute(home.get());
    }
    // Without HOME the JVM asks the user database, and says "?" where that has no answer.
    Optional<Path> fromSystem = absolute(System.getProperty("user.home", "?"));
    return fromSystem.isPresent() ? fromSystem : home.flatMap(StandardDirectories::absolute);
  }

  @Override
  public Optional<Path> system() {
    if (windows) {
      return environment
          .nonEmpty("ProgramData")
          .flatMap(StandardDirectories::absolute)
          .map(data -> data.resolve("atmos"));
    }
    return Optional.of(Path.of("/usr/local/etc/atmos"));
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
      Optional<String> value = environment.nonEmpty(variable);
      if (value.isPresent()) {
        // The specification wants relative paths ignored.
        Optional<Path> path = absolute(value.get());
        if (path.isPresent()) {
          return Optional.of(path.get().resolve("atmos"));
        }
      }
    }
    if (windows) {
      Optional<Path> local =
          environment.nonEmpty("LOCALAPPDATA").flatMap(StandardDirectories::absolute);
      if (local.isPresent()) {
        return Optional.of(local.get().resolve("atmos"));
      }
    }
    Optional<Path> home = home();
    return home.isPresent()
        ? Optional.of(home.get().resolve(underHome).resolve("atmos"))
        : Optional.empty();
  }

  private static Optional<Path> absolute(String text) {
    try {
      Path path = Path.of(text);
      return path.isAbsolute() ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      // No path at all, and so no more than a relative one.
      return Optional.empty();
    }
  }
}
