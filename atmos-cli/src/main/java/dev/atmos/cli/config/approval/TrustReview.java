package dev.atmos.cli.config.approval;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.search.RootFiles;
import dev.atmos.cli.config.trust.TrustRecord;
import dev.atmos.cli.config.trust.TrustStore;
import dev.atmos.cli.port.SafePlaces;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Host service: the values of the configuration that need the user's approval, and the files that
 * the user has approved. The bytes that were shown are the bytes that are remembered.
 */
public final class TrustReview {
  private final Directories directories;
  private final Environment environment;
  private final FileInspector reader;
  private final PrivateFiles privateFiles;
  private final SafePlaces safePlaces;
  private final ConfigOptions options;
  private final TrustStore store;

  /** How a file has changed since it was trusted. */
  public enum State {
    /** It hasn't, and is trusted. */
    UNCHANGED,
    /** It has, and isn't trusted. */
    CHANGED,
    /** It doesn't exist, or can't be read. */
    GONE
  }

  /**
   * A file that the user has trusted.
   *
   * @param path its real path
   * @param state how it has changed since
   */
  public record Trusted(String path, State state) {}

  /**
   * A review of the configuration of this run.
   *
   * @param options what the command line says of the configuration
   */
  public TrustReview(
      Directories directories,
      Environment environment,
      FileInspector reader,
      PrivateFiles privateFiles,
      SafePlaces safePlaces,
      ConfigOptions options) {
    this.directories = directories;
    this.environment = environment;
    this.reader = reader;
    this.privateFiles = privateFiles;
    this.safePlaces = safePlaces;
    this.options = options;
    this.store = new TrustStore(directories, reader, safePlaces);
  }

  /**
   * Makes sure that records count.
   *
   * @throws AtmosException if others can change the directory of the records
   */
  public void requireSafeRecords() {
    UnsafePlace problem = store.problem();
    if (problem != null) {
      throw new AtmosException(
          ExitCode.USAGE,
          "what you trust can't be remembered: " + problem,
          problem.cure(),
          null);
    }
  }

  /** Whether there is a directory for the records. */
  public boolean canRemember() {
    return store.directory().isPresent();
  }

  /**
   * The files of this run's configuration that need approval.
   *
   * @param sections finds what a top-level section may hold; null where nothing reads it
   * @throws AtmosException if a file of the configuration can't be read or isn't valid
   */
  public List<UntrustedFile> present(Function<String, @Nullable Schema> sections) {
    ConfigReview review = review();
    return result(review.untrusted(sections), review);
  }

  /**
   * A file and the files that it imports and includes, as far as they need approval.
   *
   * @param path a file, or a directory with an {@code atmos.yaml}
   * @param sections finds what a top-level section may hold; null where nothing reads it
   * @throws AtmosException if there is no such file, or it can't be read or isn't valid
   */
  public List<UntrustedFile> of(String path, Function<String, @Nullable Schema> sections) {
    Path named = file(resolved(path));
    ConfigOptions alone = new ConfigOptions(List.of(named.toString()), List.of(), null, List.of());
    ConfigReview review = new ConfigReview(directories, environment, reader, safePlaces, alone, false);
    ConfigFile file = review.cache().find(named, null);
    if (file == null) {
      throw new AtmosException(ExitCode.USAGE, "the file " + named + " doesn't exist");
    }
    List<UntrustedFile> untrusted = review.untrusted(sections);
    if (untrusted.stream().noneMatch(each -> each.path().equals(named))) {
      // It may be valid only together with the rest of the configuration, or no YAML at all.
      Path real = review.trust().real(file);
      review().untrusted(sections).stream()
          .filter(each -> each.real().equals(real))
          .findFirst()
          .ifPresent(untrusted::add);
    }
    return result(untrusted, review);
  }

  private ConfigReview review() {
    return new ConfigReview(directories, environment, reader, safePlaces, options, true);
  }

  /** A result that is worth more than the failure to load the whole configuration. */
  private static <T> List<T> result(List<T> found, ConfigReview review) {
    AtmosException problem = review.problem();
    if (found.isEmpty() && problem != null) {
      throw problem;
    }
    return found;
  }

  /**
   * Approves a file as it was shown. There has to be a directory for the records.
   *
   * @throws AtmosException if the record can't be written
   */
  public void trust(UntrustedFile file) {
    TrustRecord record = file.record();
    Path place = store.place(record.path()).orElseThrow();
    try {
      privateFiles.write(place, record.write());
    } catch (IOException e) {
      throw failure("can't write " + place, e);
    }
  }

  /**
   * All files that the user has trusted, by their paths.
   *
   * @throws AtmosException if these can't be read
   */
  public List<Trusted> all() {
    return records().stream().map(each -> new Trusted(each.path(), state(each))).toList();
  }

  /**
   * Forgets the trusted files of the present configuration.
   *
   * @return their paths
   * @throws AtmosException if a file of the configuration can't be read or isn't valid, or a record
   *     can't be removed
   */
  public List<String> revokePresent() {
    ConfigReview review = review();
    // Included files are read only where they are looked for.
    review.untrusted(section -> null);
    List<TrustRecord> records = new ArrayList<>();
    for (ConfigFile file : review.cache().all()) {
      TrustRecord record = review.trust().record(file);
      if (record != null) {
        records.add(record);
      }
    }
    return result(forget(records), review);
  }

  /**
   * Forgets a trusted file, or all below a directory; neither has to exist.
   *
   * @return their paths
   * @throws AtmosException if a record can't be removed
   */
  public List<String> revoke(String path) {
    Path named = resolved(path);
    Path real = real(named);
    List<TrustRecord> records = new ArrayList<>(records());
    records.removeIf(record -> {
      Path trusted = named.getFileSystem().getPath(record.path());
      return !trusted.startsWith(named) && !trusted.startsWith(real);
    });
    return forget(records);
  }

  private List<TrustRecord> records() {
    try {
      return store.all();
    } catch (IOException e) {
      throw failure("can't read " + store.directory().orElseThrow(), e);
    }
  }

  private State state(TrustRecord record) {
    try {
      Path path = directories.workingDirectory().getFileSystem().getPath(record.path());
      Optional<byte[]> bytes = reader.read(path, ConfigFileCache.MOST_BYTES);
      if (bytes.isEmpty()) {
        return State.GONE;
      }
      boolean same = record.matches(bytes.get()) && reader.real(path).equals(path);
      return same ? State.UNCHANGED : State.CHANGED;
    } catch (ReadOnlyFiles.FileTooLargeException e) {
      return State.CHANGED;
    } catch (IOException | InvalidPathException e) {
      return State.GONE;
    }
  }

  private List<String> forget(List<TrustRecord> records) {
    for (TrustRecord record : records) {
      Path place = store.place(record.path()).orElseThrow();
      try {
        privateFiles.delete(place);
      } catch (IOException e) {
        throw failure("can't remove " + place, e);
      }
    }
    return records.stream().map(TrustRecord::path).toList();
  }

  private static AtmosException failure(String problem, IOException cause) {
    return new AtmosException(ExitCode.FAILED, problem + ": " + cause.getMessage(), null, cause);
  }

  private Path resolved(String path) {
    return ConfigPaths.named(path, "PATH", "a file", directories);
  }

  private Path real(Path path) {
    try {
      return reader.real(path);
    } catch (IOException e) {
      return path;
    }
  }

  /** The configuration's file in a directory; anything else is a file itself. */
  private Path file(Path path) {
    try {
      if (reader.list(path).isEmpty()) {
        return path;
      }
    } catch (IOException e) {
      throw new AtmosException(ExitCode.USAGE, "can't read " + path + ": " + e.getMessage());
    }
    for (String name : RootFiles.NAMES) {
      if (reader.exists(path.resolve(name))) {
        return path.resolve(name);
      }
    }
    throw new AtmosException(ExitCode.USAGE, "there is no atmos.yaml in " + path);
  }
}
