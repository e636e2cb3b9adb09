package dev.atmos.cli.config.trust;

import dev.atmos.cli.port.SafePlaces;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The approved files: a record for each, in the directory {@code trusted} of atmos's data, named by
 * the digest of the file's real path. A record that others can have planted counts for nothing.
 */
public final class TrustStore {
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final Directories directories;
  private final ReadOnlyFiles reader;
  private final SafePlaces safePlaces;

  public TrustStore(Directories directories, ReadOnlyFiles reader, SafePlaces safePlaces) {
    this.directories = directories;
    this.reader = reader;
    this.safePlaces = safePlaces;
  }

  /** Why no record there counts; null if they count. */
  public @Nullable UnsafePlace problem() {
    Optional<Path> directory = directory();
    return directory.isPresent() ? safePlaces.problem(directory.get()) : null;
  }

  /** Why the record of a file doesn't count; null if it counts, or there is none. */
  @Nullable UnsafePlace problem(Path real) {
    Optional<Path> place = place(real.toString());
    return place.isPresent() && reader.exists(place.get()) ? safePlaces.problem(place.get()) : null;
  }

  /** Where the records are; empty where nothing can be stored. */
  public Optional<Path> directory() {
    Optional<Path> data = directories.data();
    return data.isPresent() ? Optional.of(data.get().resolve("trusted")) : data;
  }

  /** Where the record of a file is; empty where nothing can be stored. */
  public Optional<Path> place(String path) {
    Optional<Path> directory = directory();
    return directory.isPresent()
        ? Optional.of(directory.get().resolve(TrustRecord.sha256(path)))
        : directory;
  }

  /** The record of a file; null if there is none that can be read: the file isn't trusted then. */
  public @Nullable TrustRecord find(Path real) {
    String path = real.toString();
    Optional<Path> place = place(path);
    TrustRecord record = place.isPresent() ? read(place.get()) : null;
    return record != null && record.path().equals(path) ? record : null;
  }

  /**
   * All records, sorted by their paths.
   *
   * @throws IOException if the directory can't be read
   */
  public List<TrustRecord> all() throws IOException {
    List<TrustRecord> records = new ArrayList<>();
    Optional<Path> directory = directory();
    if (directory.isPresent()) {
      for (String name : reader.list(directory.get()).orElse(List.of())) {
        TrustRecord record = read(directory.get().resolve(name));
        if (record != null && TrustRecord.sha256(record.path()).equals(name)) {
          records.add(record);
        }
      }
    }
    records.sort(Comparator.comparing(TrustRecord::path));
    return records;
  }

  private @Nullable TrustRecord read(Path file) {
    if (safePlaces.problem(file) != null) {
      return null;
    }
    try {
      Optional<byte[]> bytes = reader.read(file, MOST_BYTES);
      return bytes.isPresent() ? TrustRecord.read(bytes.get()) : null;
    } catch (IOException e) {
      return null;
    }
  }
}
