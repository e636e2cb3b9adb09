package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.services.Services;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A directory with one file for each key. Other files in it are left alone. */
final class EntryFiles {
  private final StateFiles files;
  private final Path directory;

  EntryFiles(Services context, Path directory) {
    this.files = new StateFiles(context);
    this.directory = directory;
  }

  Path path(CredentialKey key) {
    return directory.resolve(key.fileName());
  }

  Path directory() {
    return directory;
  }

  Optional<byte[]> read(CredentialKey key) {
    return files.read(path(key));
  }

  void write(CredentialKey key, byte[] content) {
    files.write(path(key), content);
  }

  void reserve(CredentialKey key, int bytes) {
    files.reserve(path(key), bytes);
  }

  boolean delete(CredentialKey key) {
    return files.delete(path(key));
  }

  List<CredentialKey> keys() {
    return files.names(directory).stream()
        .flatMap(name -> CredentialKey.ofFileName(name).stream())
        .sorted()
        .toList();
  }

  /** The remains of interrupted writes. */
  List<Path> remnants() {
    return files.names(directory).stream()
        .filter(name -> name.startsWith(".atmos-") && name.endsWith(".tmp"))
        .map(directory::resolve)
        .sorted()
        .toList();
  }
}
