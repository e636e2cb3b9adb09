package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.plugin.config.Position;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code import}.
 *
 * @param importer the file that has it
 * @param position where it stands there
 */
record ImportEntry(ConfigPorts ports, ConfigFile importer, String text, Position position) {
  private static final int LONGEST = 4_096;

  /** The files that it names, from the lowest rank to the highest. */
  List<ConfigFile> files(@Nullable SearchLog log) {
    if (text.length() > LONGEST) {
      throw position.error(
          "this import is longer than " + LONGEST + " characters, which is the limit");
    }
    if (text.contains("://") || text.contains("::")) {
      throw position.error("remote imports are not supported");
    }
    boolean glob = Globs.isGlob(text);
    Path path = path(glob);
    if (path != null) {
      check(path);
      // Such characters may also be a part of a name.
      if (!glob || ports.cache().exists(path)) {
        return plain(path, log);
      }
    }
    return all(
        new Globs(this).find(),
        path == null ? importer.basePath(ports.directories().home()) : path,
        log);
  }

  /** Has the guard check a file or directory before it is looked at. */
  void check(Path path) {
    ports.guard().check(importer, path, position, false);
  }

  private @Nullable Path path(boolean glob) {
    Optional<Path> home = ports.directories().home();
    boolean absolute = home.isPresent() && ConfigPaths.isInHome(text);
    try {
      // Not every file needs its base_path, which may be one that can't be used.
      Path anywhere = absolute ? home.get() : importer.directory().resolve(text);
      Path base =
          absolute || anywhere.equals(anywhere.getFileSystem().getPath(text))
              ? importer.directory()
              : importer.basePath(ports.directories().home());
      return ConfigPaths.resolve(base, text, home);
    } catch (InvalidPathException e) {
      if (glob) {
        return null;
      }
      throw position.error("this import is not a valid path");
    }
  }

  private List<ConfigFile> plain(Path path, @Nullable SearchLog log) {
    ConfigFileCache cache = ports.cache();
    boolean slash = text.endsWith("/") || text.endsWith(path.getFileSystem().getSeparator());
    String name = String.valueOf(path.getFileName());
    if (!slash && YamlFiles.isYaml(name)) {
      return List.of(cache.read(path, position));
    }
    if (!slash) {
      for (String suffix : YamlFiles.SUFFIXES) {
        Path longer = path.resolveSibling(name.concat(suffix));
        check(longer);
        ConfigFile file = cache.find(longer, position);
        if (file != null) {
          return List.of(file);
        }
      }
    }
    if (cache.list(path, position) != null) {
      return all(YamlFiles.below(path, cache, position), path, log);
    }
    if (slash) {
      throw position.error("the directory " + path + " doesn't exist");
    }
    ConfigFile exact = cache.find(path, position);
    if (exact != null) {
      return List.of(exact);
    }
    throw position.error(
        "there is no file "
            + path
            + ", neither with "
            + YamlFiles.SUFFIXES[0]
            + " nor with "
            + YamlFiles.SUFFIXES[1]
            + " added to it");
  }

  /** The files of a directory or a pattern, without the file that has the entry. */
  private List<ConfigFile> all(List<Path> paths, Path searched, @Nullable SearchLog log) {
    List<ConfigFile> files = new ArrayList<>();
    for (Path path : paths) {
      if (!path.equals(importer.path())) {
        ports.guard().check(importer, path, position, true);
        ConfigFile file = ports.cache().findListed(path, position);
        if (file != null) {
          files.add(file);
        }
      }
    }
    if (files.isEmpty() && log != null) {
      log.absent(MergeOrder.IMPORT, searched, "no YAML file matches " + text);
    }
    return files;
  }
}
