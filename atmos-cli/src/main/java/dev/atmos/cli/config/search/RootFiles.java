package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Directories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that the configuration begins with: those that are named, or else those of the
 * places where one is looked for. A file is looked for by reading it: each look into the file
 * system counts, as this runs whenever a token is asked for.
 */
public final class RootFiles {
  public static final String NAME = "atmos.yaml";

  /** The possible names of a directory's file; the first one that exists counts. */
  public static final List<String> NAMES = List.of(NAME, "atmos.yml", ".atmos.yaml", ".atmos.yml");

  /** The directories of fragments beside a file, the one of the higher rank first. */
  static final List<String> FRAGMENTS = List.of(".atmos.d", "atmos.d");

  private static final String CURE = "; to use it, add it to ATMOS_TRUSTED_PATHS";
  private static final String FILE_OPTION = "--config";
  private static final String DIRECTORY_OPTION = "--config-path";
  private static final String FILE_VARIABLE = "ATMOS_CONFIG";
  private static final String DIRECTORY_VARIABLE = "ATMOS_CONFIG_PATH";
  private static final String PROJECT_VARIABLE = "ATMOS_CLI_CONFIG_PATH";
  private static final String ROOT_VARIABLE = "ATMOS_GIT_ROOT_BASEPATH";

  private final ConfigPorts ports;
  private final Directories directories;
  private final ConfigFileCache cache;
  private final List<SearchLocation> locations = new ArrayList<>();

  public RootFiles(ConfigPorts ports) {
    this.ports = ports;
    this.directories = ports.directories();
    this.cache = ports.cache();
  }

  /** Looks everywhere; to be called once. From the lowest rank to the highest. */
  public List<SearchLocation> find(ConfigOptions options) {
    Optional<String> files = ports.environment().get(FILE_VARIABLE);
    Optional<String> inDirectories = ports.environment().nonEmpty(DIRECTORY_VARIABLE);
    if (!options.config().isEmpty() || !options.configPath().isEmpty()) {
      for (String paths : options.config()) {
        addFiles(paths, FILE_OPTION, true);
      }
      for (String paths : options.configPath()) {
        addDirectories(paths, DIRECTORY_OPTION, true);
      }
    } else if (files.isPresent() || inDirectories.isPresent()) {
      // Set to the empty text, it asks for no configuration at all.
      if (files.isPresent() && !files.get().isEmpty()) {
        addFiles(files.get(), FILE_VARIABLE, false);
      }
      if (inDirectories.isPresent()) {
        addDirectories(inDirectories.get(), DIRECTORY_VARIABLE, false);
      }
    } else {
      search();
    }
    return locations;
  }

  // ---- named files

  private void addFiles(String paths, String origin, boolean onCommandLine) {
    for (String name : paths.split(",", -1)) {
      Path path = ConfigPaths.named(name, origin, "a file", directories);
      if (isFragments(path)) {
        add(origin, path, null, SearchLocation.Kind.FRAGMENTS);
        continue;
      }
      ConfigFile file = cache.findNamed(path);
      if (file == null) {
        throw new AtmosException(
            ExitCode.USAGE, "the file " + path + " that " + origin + " names doesn't exist");
      }
      addNamed(file, origin, onCommandLine);
    }
  }

  private void addDirectories(String paths, String origin, boolean onCommandLine) {
    for (String name : paths.split(",", -1)) {
      Path path = ConfigPaths.named(name, origin, "a directory", directories);
      ConfigFile file = namedFile(path);
      if (file == null) {
        throw cache.isDirectory(path)
            ? new AtmosException(
                ExitCode.USAGE,
                "the directory " + path + " that " + origin + " names has no " + NAME)
            : cache.notADirectory(path, origin);
      }
      addNamed(file, origin, onCommandLine);
    }
  }

  private void addNamed(ConfigFile file, String origin, boolean onCommandLine) {
    if (onCommandLine) {
      file.setNamedOnCommandLine();
    }
    boolean ofSystem = file.directory().equals(directories.system().orElse(null));
    add(
        origin,
        file.path(),
        file,
        ofSystem ? SearchLocation.Kind.NAMED_SYSTEM : SearchLocation.Kind.NAMED);
  }

  /** A directory that is taken in without a file beside it, as that of a repository's root is. */
  private boolean isFragments(Path path) {
    return FRAGMENTS.contains(String.valueOf(path.getFileName())) && cache.list(path, null) != null;
  }

  // ---- the search

  private void search() {
    addShared("the system", directories.system().orElse(null), SearchLocation.Kind.SYSTEM);
    Path home = directories.home().orElse(null);
    addShared(
        "the home directory",
        home == null ? null : home.resolve(".atmos"),
        SearchLocation.Kind.USER);
    addShared(
        "the user's configuration", directories.config().orElse(null), SearchLocation.Kind.USER);
    int shared = locations.size();
    Path here = directories.workingDirectory().normalize();
    ConfigFile local = rootFile(here, false);
    String project = ports.environment().nonEmpty(PROJECT_VARIABLE).orElse(null);
    Path repository = wantsRepository() ? cache.repositoryOf(here) : null;
    String skipped = "";
    if (project != null) {
      skipped = PROJECT_VARIABLE + " is set";
    } else if (local != null || hasIndicator(here)) {
      skipped = "the working directory has configuration of its own";
    }
    searchAbove(here, repository, skipped);
    for (Map.Entry<Path, String> each : cache.skipped().entrySet()) {
      String why = each.getValue() + CURE;
      add("the search", each.getKey(), null, SearchLocation.Kind.PROJECT, why);
    }
    add("the working directory", here, local, SearchLocation.Kind.PROJECT);
    if (project != null) {
      addProject(project);
    }
    // What lies beside a file is taken in with that.
    if (repository != null && !hasFile(repository, shared)) {
      for (String name : FRAGMENTS) {
        String place = name + " of the repository's root";
        Path path = repository.resolve(name);
        SearchLocation.Kind kind = SearchLocation.Kind.FRAGMENTS;
        locations.add(shared, new SearchLocation(place, path, null, kind, ""));
      }
    }
  }

  /** Whether one of the locations from an index on has a file of a directory. */
  private boolean hasFile(Path directory, int first) {
    for (int i = first; i < locations.size(); i++) {
      ConfigFile file = locations.get(i).file();
      if (file != null && directory.equals(file.directory())) {
        return true;
      }
    }
    return false;
  }

  /** A directory of these is rarely there at all. */
  private void addShared(String name, @Nullable Path directory, SearchLocation.Kind kind) {
    if (directory != null) {
      add(name, directory, cache.exists(directory) ? ownFile(directory) : null, kind);
    }
  }

  private void add(
      String name, Path directory, @Nullable ConfigFile file, SearchLocation.Kind kind) {
    add(name, directory, file, kind, "");
  }

  private void add(
      String name,
      Path directory,
      @Nullable ConfigFile file,
      SearchLocation.Kind kind,
      String skipped) {
    Path path = file == null ? directory : file.path();
    locations.add(new SearchLocation(name, path, file, kind, skipped));
  }

  private void addProject(String project) {
    Path directory = ConfigPaths.named(project, PROJECT_VARIABLE, "a directory", directories);
    ConfigFile file = namedFile(directory);
    if (file == null && cache.exists(directory) && !cache.isDirectory(directory)) {
      throw cache.notADirectory(directory, PROJECT_VARIABLE);
    }
    add(PROJECT_VARIABLE, directory, file, SearchLocation.Kind.PROJECT);
  }

  /**
   * The nearest directory above that has a file, and the repository's root.
   *
   * @param skipped why they aren't looked into; empty if they are
   */
  private void searchAbove(Path here, @Nullable Path repository, String skipped) {
    Path parent = here.getParent();
    if (parent != null) {
      ConfigFile file = null;
      for (Path at = parent; skipped.isEmpty() && at != null && file == null; at = at.getParent()) {
        file = rootFile(at, true);
      }
      add("the nearest directory above", parent, file, SearchLocation.Kind.PROJECT, skipped);
    }
    // A root that is the working directory itself has no file, or this is skipped.
    if (repository != null && !repository.equals(here)) {
      ConfigFile file = skipped.isEmpty() ? rootFile(repository, true) : null;
      add("the repository's root", repository, file, SearchLocation.Kind.PROJECT, skipped);
    }
  }

  private boolean wantsRepository() {
    return !ports.environment().get(ROOT_VARIABLE).orElse("").equalsIgnoreCase("false");
  }

  /** Whether a directory without a file has configuration of its own all the same. */
  private boolean hasIndicator(Path directory) {
    for (String name : FRAGMENTS) {
      Path path = directory.resolve(name);
      if (!cache.isStrangersDirectory(path, null) && cache.list(path, null) != null) {
        return true;
      }
    }
    return cache.hasMarker(directory, ".atmos");
  }

  /** A file of the user or the system. */
  private @Nullable ConfigFile ownFile(Path directory) {
    for (String name : NAMES) {
      ConfigFile file = cache.findOwn(directory.resolve(name));
      if (file != null) {
        return file;
      }
    }
    return null;
  }

  /** A file of a directory that is named. */
  private @Nullable ConfigFile namedFile(Path directory) {
    for (String name : NAMES) {
      ConfigFile file = cache.findListed(directory.resolve(name), null);
      if (file != null) {
        return file;
      }
    }
    return null;
  }

  /** A file of a directory that the search comes through. */
  private @Nullable ConfigFile rootFile(Path directory, boolean above) {
    for (String name : NAMES) {
      ConfigFile file = cache.search(directory.resolve(name), above);
      if (file != null) {
        return file;
      }
    }
    return null;
  }
}
