package dev.atmos.cli.config;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.FileReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of configuration and reads them. A file is looked for by reading it: each look
 * into the file system counts, as this runs whenever a token is asked for.
 */
final class ConfigFiles {
  static final String NAME = "atmos.yaml";

  private static final String OTHER_NAME = "atmos.yml";

  /** What says that a directory has configuration of its own, apart from the files above. */
  private static final String[] INDICATORS = {".atmos.yaml", ".atmos", ".atmos.d", "atmos.d"};

  private static final String OPTION = "--config";
  private static final String VARIABLE = "ATMOS_CONFIG";

  private final Directories directories;
  private final Environment environment;
  private final FileReader reader;
  private final ConfigReads reads;
  private final List<ConfigFile> found = new ArrayList<>();

  ConfigFiles(
      Directories directories, Environment environment, FileReader reader, ConfigReads reads) {
    this.directories = directories;
    this.environment = environment;
    this.reader = reader;
    this.reads = reads;
  }

  /** The files, from the lowest rank to the highest; none of them twice. */
  List<ConfigFile> find(List<String> configFiles) {
    found.clear();
    if (!configFiles.isEmpty()) {
      for (int i = 0; i < configFiles.size(); i++) {
        addNamed(configFiles.get(i), OPTION);
      }
      return found;
    }
    Optional<String> variable = environment.get(VARIABLE);
    if (variable.isPresent()) {
      // Set to the empty text, it asks for no configuration at all.
      if (!variable.get().isEmpty()) {
        addNamed(variable.get(), VARIABLE);
      }
      return found;
    }
    search();
    return found;
  }

  private void addNamed(String paths, String origin) {
    int start = 0;
    while (start <= paths.length()) {
      int comma = paths.indexOf(',', start);
      int end = comma < 0 ? paths.length() : comma;
      String name = paths.substring(start, end);
      if (name.isBlank()) {
        throw new AtmosException(
            ExitCode.USAGE, origin + " has an empty value where the path of a file is needed");
      }
      add(namedFile(name, origin));
      start = end + 1;
    }
  }

  private ConfigFile namedFile(String name, String origin) {
    Path path;
    try {
      path = directories.workingDirectory().resolve(name);
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, origin + " names no valid path");
    }
    ConfigFile content = read(path);
    if (content == null) {
      throw new AtmosException(
          ExitCode.USAGE, "the file " + path + " that " + origin + " names doesn't exist");
    }
    return content;
  }

  private void search() {
    addFrom(directories.system());
    Optional<Path> home = directories.home();
    addFrom(home.isPresent() ? Optional.of(home.get().resolve(".atmos")) : home);
    addFrom(directories.config());
    Path here = directories.workingDirectory();
    ConfigFile local = readFrom(here);
    if (local == null && !hasIndicator(here)) {
      searchAbove(here);
    }
    add(local);
  }

  /** The nearest directory above that has a file, and the repository's root. */
  private void searchAbove(Path here) {
    boolean wantsFile = true;
    boolean wantsRoot =
        !environment.get("ATMOS_GIT_ROOT_BASEPATH").orElse("").equalsIgnoreCase("false")
            // A root that is the working directory itself has no file, or this isn't called.
            && !isRoot(here);
    Path directory = here.getParent();
    while (directory != null && (wantsFile || wantsRoot)) {
      boolean root = wantsRoot && isRoot(directory);
      if (wantsFile || root) {
        ConfigFile content = readFrom(directory);
        add(content);
        wantsFile = wantsFile && content == null;
      }
      wantsRoot = wantsRoot && !root;
      directory = directory.getParent();
    }
  }

  private boolean isRoot(Path directory) {
    return reader.exists(directory.resolve(".git"));
  }

  private boolean hasIndicator(Path directory) {
    for (String indicator : INDICATORS) {
      if (reader.exists(directory.resolve(indicator))) {
        return true;
      }
    }
    return false;
  }

  private void addFrom(Optional<Path> directory) {
    if (directory.isPresent()) {
      add(readFrom(directory.get()));
    }
  }

  /** A file that has been there at a lower rank goes up. */
  private void add(@Nullable ConfigFile content) {
    if (content != null) {
      found.remove(content);
      found.add(content);
    }
  }

  private @Nullable ConfigFile readFrom(Path directory) {
    ConfigFile content = read(directory.resolve(NAME));
    return content == null ? read(directory.resolve(OTHER_NAME)) : content;
  }

  private @Nullable ConfigFile read(Path path) {
    return reads.find(path.normalize());
  }
}
