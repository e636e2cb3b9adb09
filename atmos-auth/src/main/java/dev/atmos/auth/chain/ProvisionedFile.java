package dev.atmos.auth.chain;

import dev.atmos.plugin.PluginContext;
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
final class ProvisionedFile {
  private static final String NAME = "provisioned-identities.yaml";

  private ProvisionedFile() {}

  /** The file of a provider; null where there can be none. */
  static @Nullable Path of(PluginContext context, String provider) {
    Optional<Path> cache = context.directories().cache();
    String name = provider.replace('/', '_').replace('\\', '_');
    if (cache.isEmpty() || name.isBlank() || name.equals(".") || name.equals("..")) {
      return null;
    }
    try {
      return cache.get().resolve("auth").resolve(name).resolve(NAME);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** All of them that are there, sorted. */
  static List<Path> all(PluginContext context) {
    List<Path> files = new ArrayList<>();
    Optional<Path> cache = context.directories().cache();
    if (cache.isEmpty()) {
      return files;
    }
    Path directory = cache.get().resolve("auth");
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
}
