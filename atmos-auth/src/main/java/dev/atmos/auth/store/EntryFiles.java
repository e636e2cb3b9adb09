package dev.atmos.auth.store;

import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.CredentialKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A directory with one file for each key. What else lies there is left alone. */
final class EntryFiles {
  private static final int MOST_BYTES = 1024 * 1024;

  private final PluginContext context;
  private final Path directory;

  EntryFiles(PluginContext context, Path directory) {
    this.context = context;
    this.directory = directory;
  }

  Path path(CredentialKey key) {
    return directory.resolve(key.fileName());
  }

  Path directory() {
    return directory;
  }

  Optional<byte[]> read(CredentialKey key) {
    Path path = path(key);
    try {
      return context.privateFiles().read(path, MOST_BYTES);
    } catch (IOException e) {
      throw StoreFailures.unreadable(path, e);
    }
  }

  void write(CredentialKey key, byte[] content) {
    Path path = path(key);
    try {
      context.privateFiles().write(path, content);
    } catch (IOException e) {
      throw StoreFailures.unwritable(path, e);
    }
  }

  boolean delete(CredentialKey key) {
    Path path = path(key);
    try {
      return context.privateFiles().delete(path);
    } catch (IOException e) {
      throw StoreFailures.unremovable(path, e);
    }
  }

  List<CredentialKey> keys() {
    List<CredentialKey> keys = new ArrayList<>();
    try {
      for (String name : context.files().list(directory).orElse(List.of())) {
        CredentialKey.ofFileName(name).ifPresent(keys::add);
      }
    } catch (IOException e) {
      throw StoreFailures.unreadable(directory, e);
    }
    Collections.sort(keys);
    return keys;
  }
}
