package dev.atmos.cli.config;

import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that the user trusts: one record each, below {@code trusted} in the directory of what
 * atmos keeps, by the digest of the file's real path.
 */
final class TrustStore {
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final Directories directories;
  private final ReadOnlyFiles reader;

  TrustStore(Directories directories, ReadOnlyFiles reader) {
    this.directories = directories;
    this.reader = reader;
  }

  /** Where the records are; empty where nothing can be kept. */
  Optional<Path> directory() {
    Optional<Path> data = directories.data();
    return data.isPresent() ? Optional.of(data.get().resolve("trusted")) : data;
  }

  /** The record of a file; null if there is none, or none that can be read: then nobody trusts. */
  @Nullable TrustRecord find(Path real) {
    Optional<Path> directory = directory();
    if (directory.isEmpty()) {
      return null;
    }
    String path = real.toString();
    TrustRecord record = read(directory.get().resolve(name(path)));
    return record != null && record.path().equals(path) ? record : null;
  }

  /**
   * All records, by their paths.
   *
   * @throws IOException if the directory can't be read
   */
  List<TrustRecord> all() throws IOException {
    List<TrustRecord> records = new ArrayList<>();
    Optional<Path> directory = directory();
    if (directory.isPresent()) {
      for (String name : reader.list(directory.get()).orElse(List.of())) {
        TrustRecord record = read(directory.get().resolve(name));
        if (record != null && name(record.path()).equals(name)) {
          records.add(record);
        }
      }
    }
    records.sort((a, b) -> a.path().compareTo(b.path()));
    return records;
  }

  /** Where the record of a file is; empty where nothing can be kept. */
  Optional<Path> place(String path) {
    Optional<Path> directory = directory();
    return directory.isPresent() ? Optional.of(directory.get().resolve(name(path))) : directory;
  }

  private @Nullable TrustRecord read(Path file) {
    try {
      Optional<byte[]> bytes = reader.read(file, MOST_BYTES);
      return bytes.isPresent() ? TrustRecord.read(bytes.get()) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static String name(String path) {
    return Digests.of(path);
  }
}
