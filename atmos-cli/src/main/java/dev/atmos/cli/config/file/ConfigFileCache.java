package dev.atmos.cli.config.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of the configuration, within the limits. Each path is read once in a run, so that
 * a file that changes meanwhile makes no difference.
 */
public final class ConfigFileCache {
  /** All files together. */
  public static final int MOST_BYTES = 8 * 1024 * 1024;

  public static final int MOST_FILES = 1_000;

  private final ReadOnlyFiles reader;
  private final Map<Path, Optional<ConfigFile>> looked = new HashMap<>();
  private final Map<Path, Optional<List<String>>> listed = new HashMap<>();
  private final Map<Path, Boolean> seen = new HashMap<>();
  private final Map<Path, Path> resolved = new HashMap<>();
  private final List<ConfigFile> files = new ArrayList<>();
  private @Nullable Path base;
  private int bytesLeft = MOST_BYTES;
  private int includes;
  private long includedBytes;

  public ConfigFileCache(ReadOnlyFiles reader) {
    this.reader = reader;
  }

  /** Sets where relative paths start in the files that are read from now on. */
  public void setBase(@Nullable Path given) {
    base = given;
  }

  /** Where relative paths in all files start; null where each file decides that. */
  public @Nullable Path base() {
    return base;
  }

  /**
   * A file that another one imports or includes.
   *
   * @param path absolute, and without {@code .} and {@code ..}
   * @param entry where it is named
   * @throws AtmosException with that position, if it isn't there, can't be read, or is too much
   */
  public ConfigFile read(Path path, Position entry) {
    ConfigFile file = find(path, entry);
    if (file == null) {
      throw entry.error("the file " + path + " doesn't exist");
    }
    return file;
  }

  /**
   * A file that a tag includes, and that is parsed as often as it is included.
   *
   * @throws AtmosException as {@link #read} does, and if too much is included
   */
  public ConfigFile include(Path path, Position entry) {
    ConfigFile file = read(path, entry);
    includes++;
    includedBytes += file.bytes().length;
    if (includes > MOST_FILES || includedBytes > MOST_BYTES) {
      throw entry.error(
          "too much is included: at most "
              + MOST_FILES
              + " times, and "
              + MOST_BYTES / (1024 * 1024)
              + " MiB in all");
    }
    return file;
  }

  /** Whether a path exists. */
  public boolean exists(Path path) {
    Boolean known = seen.get(path);
    if (known == null) {
      known = reader.exists(path);
      seen.put(path, known);
    }
    return known;
  }

  /** Whether a path is a directory, even if it can't be listed. */
  public boolean isDirectory(Path path) {
    try {
      return reader.list(path).isPresent();
    } catch (IOException e) {
      return true;
    }
  }

  /** The error of a path that an option or a variable names, and that is not a directory. */
  public AtmosException notADirectory(Path path, String origin) {
    return new AtmosException(
        ExitCode.USAGE,
        exists(path)
            ? path + " that " + origin + " names is not a directory"
            : "the directory " + path + " that " + origin + " names doesn't exist");
  }

  /** The root of the git repository that a directory is in; null if it is in none. */
  public @Nullable Path repositoryOf(Path directory) {
    for (Path at = directory; at != null; at = at.getParent()) {
      // In a worktree it is a file.
      if (exists(at.resolve(".git"))) {
        return at;
      }
    }
    return null;
  }

  /**
   * The names in a directory, sorted; null if there is none.
   *
   * @param entry where it is named; null if no file does
   * @throws AtmosException if it can't be read
   */
  public @Nullable List<String> list(Path directory, @Nullable Position entry) {
    Optional<List<String>> known = listed.get(directory);
    if (known == null) {
      try {
        known = reader.list(directory);
      } catch (IOException e) {
        throw failure(entry, "can't read the directory " + directory, e);
      }
      if (known.isPresent()) {
        List<String> names = new ArrayList<>(known.get());
        names.sort(null);
        known = Optional.of(names);
      }
      listed.put(directory, known);
    }
    return known.orElse(null);
  }

  /**
   * The real path of a file or directory, without links.
   *
   * @throws AtmosException if that can't be found out
   */
  public Path real(Path path, @Nullable Position entry) {
    Path known = resolved.get(path);
    if (known == null) {
      try {
        known = reader.real(path);
      } catch (IOException e) {
        throw failure(entry, "can't find out what " + path + " leads to", e);
      }
      resolved.put(path, known);
    }
    return known;
  }

  /** All files that were read, in that order. */
  public List<ConfigFile> all() {
    return files;
  }

  /** The file behind the source of a position; null if it wasn't read here. */
  public @Nullable ConfigFile of(Source source) {
    for (ConfigFile file : files) {
      if (file.path().toString().equals(source.name())) {
        return file;
      }
    }
    return null;
  }

  /**
   * A file; null if it isn't there.
   *
   * @param path absolute, and without {@code .} and {@code ..}
   * @param entry where it is named; null if no file names it
   * @throws AtmosException with that position, if it can't be read, or is too large
   */
  public @Nullable ConfigFile find(Path path, @Nullable Position entry) {
    Optional<ConfigFile> known = looked.get(path);
    if (known == null) {
      known = Optional.ofNullable(open(path, entry));
      looked.put(path, known);
    }
    return known.orElse(null);
  }

  private @Nullable ConfigFile open(Path path, @Nullable Position entry) {
    Optional<byte[]> bytes;
    try {
      bytes = reader.read(path, bytesLeft);
    } catch (ReadOnlyFiles.FileTooLargeException e) {
      throw failure(
          entry,
          "the configuration is too large: with "
              + path
              + " it is more than the "
              + MOST_BYTES / (1024 * 1024)
              + " MiB that all files together may have");
    } catch (IOException e) {
      throw failure(entry, "can't read " + path, e);
    }
    if (bytes.isEmpty()) {
      return null;
    }
    if (files.size() == MOST_FILES) {
      throw failure(
          entry,
          "the configuration has too many files: with "
              + path
              + " there are more than "
              + MOST_FILES);
    }
    bytesLeft -= bytes.get().length;
    ConfigFile file = new ConfigFile(path, bytes.get(), base);
    files.add(file);
    return file;
  }

  private static AtmosException failure(
      @Nullable Position entry, String problem, IOException cause) {
    String reason = cause.getMessage();
    return failure(entry, reason == null ? problem : problem + ": " + reason);
  }

  private static AtmosException failure(@Nullable Position entry, String problem) {
    return entry == null ? new AtmosException(ExitCode.USAGE, problem) : entry.error(problem);
  }
}
