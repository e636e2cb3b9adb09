package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.plugin.io.Directories;
import java.nio.file.Path;
import java.util.Optional;

/** Which project a file of the configuration belongs to, and what lies outside of it. */
public final class ProjectRoots {
  private final ConfigFileCache cache;
  private final Directories directories;

  ProjectRoots(ConfigFileCache cache, Directories directories) {
    this.cache = cache;
    this.directories = directories;
  }

  /**
   * Whether something lies outside of the project that a file belongs to. In the project of another
   * user, so do the user's own files: the other one said where the project begins.
   */
  public boolean isOutside(ConfigFile file, Path target) {
    Path real = cache.real(target, null);
    return !real.startsWith(of(file))
        || (cache.exists(real) && cache.isSelfs(real) && !cache.isSelfs(file.path()));
  }

  /** Whether a path leads somewhere else than it says. */
  public boolean isLink(Path path) {
    Path parent = path.getParent();
    Path place = parent == null ? path : cache.real(parent, null).resolve(path.getFileName());
    return !cache.real(path, null).equals(place) || isInProjectByName(path);
  }

  private boolean isInProjectByName(Path path) {
    Path here = directories.workingDirectory();
    return path.startsWith(here) && !cache.real(path, null).startsWith(cache.real(here, null));
  }

  /** Whether a path names a place inside of a file's project, and leads out of it by links. */
  boolean leadsOut(ConfigFile file, Path path) {
    Path named = file.path().getParent();
    return ((named != null && path.startsWith(named)) || path.startsWith(of(file)))
        && isOutside(file, path);
  }

  /** The project of a file. */
  Path of(ConfigFile file) {
    Path real = cache.real(file.path(), null);
    Path parent = real.getParent();
    return of(parent == null ? real : parent, real);
  }

  /**
   * The root of the repository that a directory is in, else the topmost directory above with a
   * configuration of the same owner, else the directory. What contains the user's home is not a
   * project: its files belong to the user, and not to the project.
   *
   * @param owned a file of the owner
   */
  Path of(Path directory, Path owned) {
    Path top = directory;
    for (Path at = directory; at != null && isUsable(at); at = at.getParent()) {
      if (cache.hasMarker(at, ".git") || cache.hasMarker(at, ".jj") || cache.hasMarker(at, ".hg")) {
        return at;
      }
      Path configuration = at.resolve("atmos.yaml");
      if (cache.exists(configuration) && cache.isSameOwner(configuration, owned)) {
        top = at;
      }
    }
    return top;
  }

  private boolean isUsable(Path root) {
    Optional<Path> home = directories.home();
    return root.getParent() != null
        && (home.isEmpty() || !cache.real(home.get(), null).startsWith(root));
  }
}
