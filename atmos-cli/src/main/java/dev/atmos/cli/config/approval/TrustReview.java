package dev.atmos.cli.config.approval;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.search.RootFiles;
import dev.atmos.cli.config.trust.ApprovedFile;
import dev.atmos.cli.config.trust.TrustPorts;
import dev.atmos.cli.config.trust.TrustRecord;
import dev.atmos.cli.config.trust.TrustStore;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.io.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Host service: the values of the configuration that need the user's approval, and those that the
 * user has approved. What was shown is what is remembered.
 */
public final class TrustReview {
  private final TrustPorts host;
  private final PrivateFiles privateFiles;
  private final ConfigOptions options;
  private final TrustStore store;

  /** Whether a file is still there. */
  public enum State {
    /** No approved value is another one now. */
    UNCHANGED,
    /** Some are, and aren't approved any more. */
    CHANGED,
    /** It doesn't exist, or can't be read. */
    GONE
  }

  /**
   * A file of which the user has approved something.
   *
   * @param path its real path
   * @param changed how many of the approved values and scripts are other ones now
   */
  public record Trusted(String path, State state, int changed) {}

  /**
   * A review of the configuration of this run.
   *
   * @param options what the command line says of the configuration
   */
  public TrustReview(TrustPorts host, PrivateFiles privateFiles, ConfigOptions options) {
    this.host = host;
    this.privateFiles = privateFiles;
    this.options = options;
    this.store = new TrustStore(host.directories(), host.reader(), host.safePlaces());
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
          ExitCode.USAGE, "what you trust can't be remembered: " + problem, problem.cure(), null);
    }
  }

  /** Whether there is a directory for the records. */
  public boolean canRemember() {
    return store.directory().isPresent();
  }

  /**
   * The files of this run's configuration that aren't trusted as a whole and have values that need
   * approval, approved or not.
   *
   * @param sections finds what a top-level section may hold; null where nothing reads it
   * @throws AtmosException if a file of the configuration can't be read or isn't valid
   */
  public List<UntrustedFile> present(Function<String, @Nullable Schema> sections) {
    ConfigReview review = review();
    return result(review.untrusted(sections), review);
  }

  /**
   * Like {@link #present}, but of a file and the files that it imports and includes.
   *
   * @param path a file, or a directory with an {@code atmos.yaml}
   * @param sections finds what a top-level section may hold; null where nothing reads it
   * @throws AtmosException if there is no such file, or it can't be read or isn't valid
   */
  public List<UntrustedFile> of(String path, Function<String, @Nullable Schema> sections) {
    Path named = file(resolved(path));
    ConfigOptions alone = new ConfigOptions(List.of(named.toString()), List.of(), null, List.of());
    ConfigReview review = new ConfigReview(host, alone, false);
    ConfigFile file = review.cache().find(named, null);
    if (file == null) {
      throw new AtmosException(ExitCode.USAGE, "the file " + named + " doesn't exist");
    }
    Map<Path, UntrustedFile> untrusted = new LinkedHashMap<>();
    review.untrusted(sections).forEach(each -> untrusted.put(each.real(), each));
    // The rest of the configuration may say what kind an entry is of, or what includes the file.
    for (UntrustedFile each : review().untrusted(sections)) {
      if (untrusted.containsKey(each.real()) || each.real().equals(review.trust().real(file))) {
        untrusted.put(each.real(), each);
      }
    }
    return result(new ArrayList<>(untrusted.values()), review);
  }

  private ConfigReview review() {
    return new ConfigReview(host, options, true);
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
   * Approves the values of a file as they were shown. There has to be a directory for the records.
   *
   * @throws AtmosException if the record can't be written
   */
  public void trust(UntrustedFile file) {
    String path = file.real().toString();
    TrustRecord before = file.before();
    TrustRecord known = before == null ? new TrustRecord(path, Set.of()) : before;
    ApprovedFile now = ApprovedFile.of(known, host);
    TrustRecord record =
        known
            .without(now == null ? List.of() : now.changed(known))
            .with(file.values().stream().map(UntrustedFile.Value::request).toList());
    Path place = store.place(path).orElseThrow();
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
    List<Trusted> all = new ArrayList<>();
    for (TrustRecord record : records()) {
      ApprovedFile now = ApprovedFile.of(record, host);
      int changed = now == null ? 0 : now.changed(record).size();
      State state = now == null ? State.GONE : changed > 0 ? State.CHANGED : State.UNCHANGED;
      all.add(new Trusted(record.path(), state, changed));
    }
    return all;
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
    return ConfigPaths.named(path, "PATH", "a file", host.directories());
  }

  private Path real(Path path) {
    try {
      return host.reader().real(path);
    } catch (IOException e) {
      return path;
    }
  }

  /** The configuration's file in a directory; anything else is a file itself. */
  private Path file(Path path) {
    try {
      if (host.reader().list(path).isEmpty()) {
        return path;
      }
    } catch (IOException e) {
      throw new AtmosException(ExitCode.USAGE, "can't read " + path + ": " + e.getMessage());
    }
    for (String name : RootFiles.NAMES) {
      if (host.reader().exists(path.resolve(name))) {
        return path.resolve(name);
      }
    }
    throw new AtmosException(ExitCode.USAGE, "there is no atmos.yaml in " + path);
  }
}
