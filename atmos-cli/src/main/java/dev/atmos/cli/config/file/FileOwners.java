package dev.atmos.cli.config.file;

import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose files are. Where the file system doesn't know of users, such as on Windows, all files are
 * taken for the user's.
 */
final class FileOwners {
  private static final String TRUSTED_PATHS = "ATMOS_TRUSTED_PATHS";
  private static final int ROOT = 0;

  private final FileInspector reader;
  private final Directories directories;
  private final Environment environment;
  private final Map<Path, Optional<FileStatus>> known = new HashMap<>();
  private final Map<Path, Path> resolved = new HashMap<>();
  private int self = -1;

  FileOwners(FileInspector reader, Directories directories, Environment environment) {
    this.reader = reader;
    this.directories = directories;
    this.environment = environment;
  }

  /** The real path of a file or directory; the first answer counts for the whole run. */
  Path real(Path path) throws IOException {
    Path found = resolved.get(path);
    if (found == null) {
      found = reader.real(path);
      resolved.put(path, found);
    }
    return found;
  }

  @Nullable FileStatus status(Path path) {
    Optional<FileStatus> found = known.get(path);
    if (found == null) {
      found = Optional.ofNullable(reader.status(path));
      known.put(path, found);
    }
    return found.orElse(null);
  }

  /** Whether a file is the user's own, as far as that is known. */
  boolean isSelfs(Path path) {
    FileStatus status = status(path);
    try {
      return status == null || status.user() == self();
    } catch (IOException e) {
      return true;
    }
  }

  boolean isSame(Path path, Path other) {
    FileStatus status = status(path);
    FileStatus second = status(other);
    return status == null ? second == null : second != null && status.user() == second.user();
  }

  private boolean isOwn(FileStatus status) throws IOException {
    return status.user() == ROOT || status.user() == self();
  }

  private int self() throws IOException {
    if (self < 0) {
      self = reader.user();
    }
    return self;
  }

  /**
   * Why something takes no part in a search: it belongs to somebody else than the user, root or the
   * owner of the working directory, or such a user could exchange it. Null if it takes part.
   */
  @Nullable String stranger(Path path) throws IOException {
    FileStatus status = status(path);
    if (status == null) {
      return null;
    }
    String why = null;
    if (!takesPart(status)) {
      why = "it belongs to another user (uid " + status.user() + ")";
    } else {
      Path above = real(path.resolveSibling(""));
      if (!status.isLink()) {
        resolved.putIfAbsent(path, above.resolve(String.valueOf(path.getFileName())));
      }
      FileStatus directory = status(above);
      if (directory != null && !takesPart(directory)) {
        why = "its directory belongs to another user (uid " + directory.user() + ")";
      }
    }
    return why == null || isUnderTrustedPath(real(path)) ? null : why;
  }

  private boolean takesPart(FileStatus status) throws IOException {
    if (isOwn(status)) {
      return true;
    }
    FileStatus here = status(real(directories.workingDirectory()));
    return here != null && here.user() == status.user();
  }

  /** Whether a real path is below one that the user's variable trusts. */
  boolean isUnderTrustedPath(Path real) {
    boolean windows = real.getFileSystem().getSeparator().equals("\\");
    for (String text : environment.get(TRUSTED_PATHS).orElse("").split(windows ? ";" : ":", -1)) {
      try {
        Path path = text.isBlank() ? null : trustedPath(text);
        if (path != null && real.startsWith(real(path))) {
          return true;
        }
      } catch (InvalidPathException | IOException e) {
        // A text that names no place trusts none.
      }
    }
    return false;
  }

  private @Nullable Path trustedPath(String text) {
    Path path = directories.workingDirectory().getFileSystem().getPath(text);
    return path.isAbsolute() || (ConfigPaths.isInHome(text) && directories.home().isPresent())
        ? ConfigPaths.resolve(path, text, directories.home())
        : null;
  }
}
