package dev.atmos.services.auth;

import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.Services;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the identities are kept that a provider has offered at sign-in: below the cache, in {@code
 * auth/<provider>/provisioned-identities.yaml}, where the configuration is read from too.
 */
public final class ProvisionedFile {
  private static final String NAME = "provisioned-identities.yaml";
  private static final String UNFINISHED = "unfinished-identities.txt";

  private ProvisionedFile() {}

  /** The file of a provider; null where there can be none. */
  public static @Nullable Path of(
      String provider, Directories directories, Environment environment) {
    Path directory = directory(directories, environment);
    String name = provider.replace('/', '_').replace('\\', '_');
    if (directory == null || name.isBlank() || name.equals(".") || name.equals("..")) {
      return null;
    }
    try {
      return directory.resolve(name).resolve(NAME);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Whether a file of configuration, by its path, is one of these. */
  public static boolean isOne(String path) {
    return path.endsWith(NAME);
  }

  /** What was found by a list that was interrupted, beside the file of the last full one. */
  public static Path unfinished(Path file) {
    return file.resolveSibling(UNFINISHED);
  }

  /** The files of all providers, full and unfinished, sorted. */
  public static List<Path> all(Services context) {
    Path directory = directory(context.directories(), context.environment());
    if (directory == null) {
      return List.of();
    }
    try {
      return context.files().list(directory).orElse(List.of()).stream()
          .map(name -> directory.resolve(name).resolve(NAME))
          .flatMap(file -> Stream.of(file, unfinished(file)))
          .filter(context.files()::exists)
          .sorted()
          .toList();
    } catch (IOException e) {
      context.console().debug("can't read " + directory + ": " + e.getMessage());
      return List.of();
    }
  }

  /** On every system in the same place below the home, as the Go tool has it. */
  private static @Nullable Path directory(Directories directories, Environment environment) {
    for (String variable : List.of("ATMOS_XDG_CACHE_HOME", "XDG_CACHE_HOME")) {
      Optional<String> value = environment.nonEmpty(variable);
      if (value.isPresent()) {
        try {
          Path path = directories.workingDirectory().getFileSystem().getPath(value.get());
          // The specification wants relative paths ignored.
          if (path.isAbsolute()) {
            return path.resolve("atmos/auth");
          }
        } catch (InvalidPathException e) {
          // No path at all, and so no more than a relative one.
        }
      }
    }
    Optional<Path> home = directories.home();
    return home.isPresent() ? home.get().resolve(".cache/atmos/auth") : null;
  }
}
