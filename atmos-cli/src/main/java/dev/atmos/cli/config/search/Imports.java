package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.file.ImportGuard;
import dev.atmos.plugin.config.Position;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the files of an entry of {@code import}. */
public final class Imports {
  private static final int LONGEST = 4_096;

  private final ConfigFileCache cache;
  private final Optional<Path> home;
  private final ImportGuard guard;

  public Imports(ConfigFileCache cache, Optional<Path> home, ImportGuard guard) {
    this.cache = cache;
    this.home = home;
    this.guard = guard;
  }

  /**
   * The files of one entry, from the lowest rank to the highest.
   *
   * @param importer the file that has the entry
   * @param text the entry
   * @param entry where it is
   */
  List<ConfigFile> resolve(
      ConfigFile importer, String text, Position entry, @Nullable SearchLog log) {
    if (text.length() > LONGEST) {
      throw entry.error(
          "this import is longer than " + LONGEST + " characters, which is the limit");
    }
    if (text.contains("://") || text.contains("::")) {
      throw entry.error("remote imports are not supported");
    }
    boolean glob = isGlob(text);
    Path path = path(importer, text, entry, glob);
    if (!glob && path != null) {
      return plain(importer, text, path, entry, log);
    }
    // Such characters may also be a part of a name.
    if (path != null) {
      guard.check(importer, path, entry);
      if (cache.exists(path)) {
        return plain(importer, text, path, entry, log);
      }
    }
    List<Path> paths = Globs.find(importer, text, home, guard, cache, entry);
    return all(importer, text, paths, path == null ? importer.basePath() : path, entry, log);
  }

  private @Nullable Path path(ConfigFile importer, String text, Position entry, boolean glob) {
    boolean absolute = home.isPresent() && ConfigPaths.isInHome(text);
    try {
      // Not every file needs its base_path, which may be one that can't be used.
      Path anywhere = absolute ? home.get() : importer.directory().resolve(text);
      Path base =
          absolute || anywhere.equals(anywhere.getFileSystem().getPath(text))
              ? importer.directory()
              : importer.basePath();
      return ConfigPaths.resolve(base, text, home);
    } catch (InvalidPathException e) {
      if (glob) {
        return null;
      }
      throw entry.error("this import is not a valid path");
    }
  }

  private List<ConfigFile> plain(
      ConfigFile importer, String text, Path path, Position entry, @Nullable SearchLog log) {
    guard.check(importer, path, entry);
    boolean slash = text.endsWith("/") || text.endsWith(path.getFileSystem().getSeparator());
    String name = String.valueOf(path.getFileName());
    if (!slash && YamlFiles.isYaml(name)) {
      return List.of(cache.read(path, entry));
    }
    if (!slash) {
      for (String suffix : YamlFiles.SUFFIXES) {
        Path longer = path.resolveSibling(name.concat(suffix));
        guard.check(importer, longer, entry);
        ConfigFile file = cache.find(longer, entry);
        if (file != null) {
          return List.of(file);
        }
      }
    }
    if (cache.list(path, entry) != null) {
      return all(importer, text, YamlFiles.below(path, cache, entry), path, entry, log);
    }
    if (slash) {
      throw entry.error("the directory " + path + " doesn't exist");
    }
    ConfigFile exact = cache.find(path, entry);
    if (exact != null) {
      return List.of(exact);
    }
    throw entry.error(
        "there is no file "
            + path
            + ", neither with "
            + YamlFiles.SUFFIXES[0]
            + " nor with "
            + YamlFiles.SUFFIXES[1]
            + " added to it");
  }

  /** The files of a directory or a pattern, without the file that has the entry. */
  private List<ConfigFile> all(
      ConfigFile importer,
      String text,
      List<Path> paths,
      Path searched,
      Position entry,
      @Nullable SearchLog log) {
    List<ConfigFile> files = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      Path path = paths.get(i);
      if (path.equals(importer.path())) {
        continue;
      }
      guard.check(importer, path, entry);
      ConfigFile file = cache.find(path, entry);
      if (file != null) {
        files.add(file);
      }
    }
    if (files.isEmpty() && log != null) {
      log.absent(MergeOrder.IMPORT, searched, "no YAML file matches " + text);
    }
    return files;
  }

  private static boolean isGlob(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*' || c == '?' || c == '[' || c == '{') {
        return true;
      }
    }
    return false;
  }
}
