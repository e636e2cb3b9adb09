package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.services.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A directory with one file for each key. What else lies there is left alone. */
final class EntryFiles {
  private static final int MOST_BYTES = 1024 * 1024;

  private final Services context;
  private final Path directory;

  EntryFiles(Services context, Path directory) {
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
    for (String name : names()) {
      CredentialKey.ofFileName(name).ifPresent(keys::add);
    }
    Collections.sort(keys);
    return keys;
  }

  /** What writes have left behind that were interrupted. */
  List<Path> remnants() {
    List<Path> remnants = new ArrayList<>();
    for (String name : names()) {
      if (name.startsWith(".atmos-") && name.endsWith(".tmp")) {
        remnants.add(directory.resolve(name));
      }
    }
    Collections.sort(remnants);
    return remnants;
  }

  private List<String> names() {
    try {
      return context.files().list(directory).orElse(List.of());
    } catch (IOException e) {
      throw StoreFailures.unreadable(directory, e);
    }
  }
}
