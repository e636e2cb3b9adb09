package dev.atmos.cli.config.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of the configuration, within the limits. Each path is read once in a run, and its
 * real path is found before, and read: whoever may exchange the file for a link decides neither
 * what is read nor whose it seems to be.
 */
public final class ConfigFileCache {
  /** All files together. */
  public static final int MOST_BYTES = 8 * 1024 * 1024;

  public static final int MOST_FILES = 1_000;
  // How a file is come by; no enumeration, which is one more class on the token path.
  private static final int IMPORTED = 0;
  private static final int NAMED = 1;
  private static final int ABOVE = 2;
  private static final int OWN = 3;

  private final FileInspector reader;
  private final FileOwners owners;
  private final Map<Path, Optional<ConfigFile>> looked = new HashMap<>();
  private final Map<Path, Optional<List<String>>> listed = new HashMap<>();
  private final Map<Path, Boolean> seen = new HashMap<>();
  private final Map<Path, Boolean> regular = new HashMap<>();
  private final Map<Path, String> skipped = new LinkedHashMap<>();
  private final List<ConfigFile> files = new ArrayList<>();
  private @Nullable Path base;
  private int bytesLeft = MOST_BYTES;
  private int includes;
  private long includedBytes;

  /**
   * Nothing is read yet.
   *
   * @param directories tells the working directory, whose owner's files take part
   * @param environment may trust directories of others
   */
  public ConfigFileCache(FileInspector reader, Directories directories, Environment environment) {
    this.reader = reader;
    this.owners = new FileOwners(reader, directories, environment);
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
      if (hasMarker(at, ".git")) {
        return at;
      }
    }
    return null;
  }

  /** Whether a directory holds something of that name, which isn't another user's or a pipe. */
  public boolean hasMarker(Path directory, String name) {
    Path path = directory.resolve(name);
    if (!exists(path) || isStrangers(path)) {
      return false;
    }
    FileStatus status = owners.status(path);
    return status == null || !status.isSpecial();
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
    try {
      return owners.real(path);
    } catch (IOException e) {
      throw failure(entry, "can't find out what " + path + " leads to", e);
    }
  }

  // ---- owners

  /** Whether two paths belong to the same user, as far as that is known. */
  public boolean isSameOwner(Path path, Path other) {
    return owners.isSame(path, other);
  }

  /** Whether a file is the user's own, as far as that is known. */
  public boolean isSelfs(Path path) {
    return owners.isSelfs(path);
  }

  /** Whether a real path is below one that the user's variable trusts. */
  public boolean isUnderTrustedPath(Path real) {
    return owners.isUnderTrustedPath(real);
  }

  /** Whether a search passes something over because of its owner, which is then noted. */
  public boolean isStrangers(Path path) {
    String why;
    try {
      why = owners.stranger(path);
    } catch (IOException e) {
      why = "its owner can't be found out";
    }
    if (why != null) {
      skipped.put(path, why);
    }
    return why != null;
  }

  /**
   * The same of a directory, which may be closed to this user; false if there is none.
   *
   * @param entry where it is named; null if no file does
   * @throws AtmosException if it is the user's and can't be read
   */
  public boolean isStrangersDirectory(Path directory, @Nullable Position entry) {
    try {
      return list(directory, entry) != null && isStrangers(directory);
    } catch (AtmosException e) {
      if (isStrangers(directory)) {
        return true;
      }
      throw e;
    }
  }

  /** What searches have passed over, each with the reason, in the order of the search. */
  public Map<Path, String> skipped() {
    return skipped;
  }

  // ---- files

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
   * A file that another one names; null if it isn't there.
   *
   * @param path absolute, and without {@code .} and {@code ..}
   * @param entry where it is named; null if no file names it
   * @throws AtmosException with that position, if it isn't a regular file, can't be read, or is too
   *     large
   */
  public @Nullable ConfigFile find(Path path, @Nullable Position entry) {
    return find(path, entry, IMPORTED);
  }

  /** A file that the command line or a variable names: it may be a pipe. */
  public @Nullable ConfigFile findNamed(Path path) {
    return find(path, null, NAMED);
  }

  /**
   * A file in a directory that is looked through; null if it isn't a regular file.
   *
   * @throws AtmosException as {@link #find} does, and for a link to nothing
   */
  public @Nullable ConfigFile findListed(Path path, @Nullable Position entry) {
    return isListed(path) ? find(path, entry, IMPORTED) : null;
  }

  /** The same in a place where only the user or root puts files. */
  public @Nullable ConfigFile findOwn(Path path) {
    return isListed(path) ? find(path, null, OWN) : null;
  }

  /**
   * A file that a search comes upon; null if it isn't a regular file, or is passed over because of
   * its owner.
   *
   * @param above whether it is none of the working directory: one of others that can't be read is
   *     passed over
   * @throws AtmosException as {@link #findListed} does
   */
  public @Nullable ConfigFile search(Path path, boolean above) {
    return isListed(path) && !isStrangers(path) ? find(path, null, above ? ABOVE : IMPORTED) : null;
  }

  private boolean isFile(Path path) {
    Boolean known = regular.get(path);
    if (known == null) {
      known = reader.isFile(path);
      regular.put(path, known);
    }
    return known;
  }

  /** Whether a file that was found is a pipe or the like, which is read once. */
  public boolean isPipe(Path path) {
    return exists(path) && !isFile(path) && !isDirectory(path);
  }

  private boolean isListed(Path path) {
    Optional<ConfigFile> known = looked.get(path);
    if (known != null) {
      return known.isPresent();
    }
    boolean there = isFile(path) || (reader.isLink(path) && !exists(path));
    if (!there) {
      looked.put(path, Optional.empty());
    }
    return there;
  }

  private @Nullable ConfigFile find(Path path, @Nullable Position entry, int how) {
    Optional<ConfigFile> known = looked.get(path);
    if (known == null) {
      known = Optional.ofNullable(open(path, entry, how));
      looked.put(path, known);
    }
    return known.orElse(null);
  }

  private @Nullable ConfigFile open(Path path, @Nullable Position entry, int how) {
    Optional<byte[]> bytes;
    try {
      bytes = content(path, how);
    } catch (ReadOnlyFiles.FileTooLargeException e) {
      throw failure(
          entry,
          "the configuration is too large: with "
              + path
              + " it is more than the "
              + MOST_BYTES / (1024 * 1024)
              + " MiB that all files together may have");
    } catch (IOException e) {
      if (how == ABOVE && !owners.isSelfs(path)) {
        skipped.put(path, "it can't be read");
        return null;
      }
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

  private Optional<byte[]> content(Path path, int how) throws IOException {
    if (!isFile(path)) {
      if (!exists(path) || isDirectory(path)) {
        // Says what is wrong, if anything is.
        return reader.read(path, 0);
      }
      if (how == NAMED) {
        return reader.readPipe(path, bytesLeft);
      }
      throw new IOException("isn't a plain file");
    }
    return how == OWN
        ? reader.read(path, bytesLeft)
        : reader.readReal(owners.real(path), bytesLeft);
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
