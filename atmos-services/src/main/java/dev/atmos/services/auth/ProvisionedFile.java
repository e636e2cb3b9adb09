package dev.atmos.services.auth;

import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.Services;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the identities are kept that a provider has offered at sign-in: below the cache, in {@code
 * auth/<provider>/provisioned-identities.yaml}, where the configuration is read from too.
 */
public final class ProvisionedFile {
  private static final String NAME = "provisioned-identities.yaml";

  private ProvisionedFile() {}

  /** The file of a provider; null where there can be none. */
  public static @Nullable Path of(
      String provider, Directories directories, Environment environment) {
    Path cache = cache(directories, environment);
    String name = provider.replace('/', '_').replace('\\', '_');
    if (cache == null || name.isBlank() || name.equals(".") || name.equals("..")) {
      return null;
    }
    try {
      return cache.resolve("auth").resolve(name).resolve(NAME);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** All of them that are there, sorted. */
  public static List<Path> all(Services context) {
    List<Path> files = new ArrayList<>();
    Path cache = cache(context.directories(), context.environment());
    if (cache == null) {
      return files;
    }
    Path directory = cache.resolve("auth");
    try {
      for (String name : context.files().list(directory).orElse(List.of())) {
        Path file = directory.resolve(name).resolve(NAME);
        if (context.files().exists(file)) {
          files.add(file);
        }
      }
    } catch (IOException e) {
      context.console().debug("can't read " + directory + ": " + e.getMessage());
    }
    Collections.sort(files);
    return files;
  }

  /** On every system in the same place below the home, as the Go tool has it. */
  private static @Nullable Path cache(Directories directories, Environment environment) {
    for (String variable : List.of("ATMOS_XDG_CACHE_HOME", "XDG_CACHE_HOME")) {
      Optional<String> value = environment.nonEmpty(variable);
      if (value.isPresent()) {
        try {
          Path path = directories.workingDirectory().getFileSystem().getPath(value.get());
          // The specification wants relative paths ignored.
          if (path.isAbsolute()) {
            return path.resolve("atmos");
          }
        } catch (InvalidPathException e) {
          // No path at all, and so no more than a relative one.
        }
      }
    }
    Optional<Path> home = directories.home();
    return home.isPresent() ? home.get().resolve(".cache").resolve("atmos") : null;
  }
}
