package dev.atmos.cli.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.config.ConfigMap;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Host service: what the files of the configuration ask for that needs the user's trust, and the
 * record of what the user trusts. What is remembered of a file are the bytes that were shown.
 */
public final class TrustReview {
  /** Nobody reads more before answering. */
  private static final int MOST_ASKS = 1_000;

  private final Directories directories;
  private final Environment environment;
  private final ReadOnlyFiles reader;
  private final PrivateFiles privateFiles;
  private final ConfigOptions options;
  private final TrustStore store;

  /** What became of a file since it was trusted. */
  public enum State {
    /** It is as it was, and trusted. */
    UNCHANGED,
    /** It is another one now, and not trusted. */
    CHANGED,
    /** It isn't there, or can't be read. */
    GONE
  }

  /**
   * A file that the user has trusted.
   *
   * @param path its real path
   * @param state what became of it
   */
  public record Trusted(String path, State state) {}

  /** A file that isn't trusted, with what it asks for. */
  public static final class Untrusted {
    private final Path path;
    private final Path real;
    private final byte[] bytes;
    private final String rest;
    private final List<Ask> asks;
    private final @Nullable TrustRecord before;

    private Untrusted(
        ConfigFile file, Path real, String rest, List<Ask> asks, @Nullable TrustRecord before) {
      this.path = file.path();
      this.real = real;
      this.bytes = file.bytes();
      this.rest = rest;
      this.asks = List.copyOf(asks);
      this.before = before;
    }

    /** The path that it was found by. */
    public Path path() {
      return path;
    }

    /** What it asks for, in the order in which it is written. */
    public List<Ask> asks() {
      return asks;
    }

    /** Whether it was trusted before, and has changed. */
    public boolean wasTrusted() {
      return before != null;
    }

    /** Whether it asked for nothing at that place when it was trusted. */
    public boolean isNew(Ask ask) {
      return asked(ask) == null;
    }

    /** Whether it asked for something else at that place when it was trusted. */
    public boolean isChanged(Ask ask) {
      TrustRecord.Asked asked = asked(ask);
      return asked != null && !asked.digest().equals(Digests.of(ask.text()));
    }

    /** Where it asked for something when it was trusted, and no longer does. */
    public List<String> gone() {
      Set<String> still = new HashSet<>();
      for (Ask ask : asks) {
        still.add(ask.kind() + " " + ask.key());
      }
      List<String> gone = new ArrayList<>();
      if (before != null) {
        for (TrustRecord.Asked asked : before.asks()) {
          if (!still.contains(asked.kind() + " " + asked.key())) {
            gone.add(asked.key());
          }
        }
      }
      return gone;
    }

    /** Whether it has changed in anything else that it says, comments left out. */
    public boolean isRestChanged() {
      return before != null && !before.rest().equals(rest);
    }

    private TrustRecord.@Nullable Asked asked(Ask ask) {
      if (before != null) {
        for (TrustRecord.Asked asked : before.asks()) {
          if (asked.kind() == ask.kind() && asked.key().equals(ask.key())) {
            return asked;
          }
        }
      }
      return null;
    }

    private TrustRecord record() {
      List<TrustRecord.Asked> asked = new ArrayList<>();
      for (Ask ask : asks) {
        asked.add(new TrustRecord.Asked(ask.kind(), ask.key(), Digests.of(ask.text())));
      }
      return new TrustRecord(real.toString(), Digests.of(bytes), rest, asked);
    }
  }

  /** One way through the configuration, on which nothing is refused and nothing is run. */
  private final class Look {
    private final ConfigLoader loader;
    private final @Nullable AtmosException problem;

    Look(ConfigOptions which, FileTrust.Mode mode) {
      loader =
          new ConfigLoader(
              directories,
              environment,
              reader,
              (command, directory, mostBytes, limit) -> {
                throw new IOException("is not run in a review");
              },
              mode);
      AtmosException failure = null;
      try {
        loader.explain(which).merged();
      } catch (AtmosException e) {
        failure = e;
      }
      problem = failure;
    }

    /** The files that aren't trusted and ask for something. */
    List<Untrusted> untrusted(Map<String, Schema> sections, @Nullable ConfigFile more) {
      Map<String, List<Ask>> asks = new LinkedHashMap<>();
      Map<String, ConfigMap> roots = new LinkedHashMap<>();
      for (ConfigFile file : List.copyOf(loader.reads().all())) {
        if (file.isParsed() || file == more) {
          scan(file, sections, asks, roots);
        }
      }
      for (Ask ask : loader.fileTrust().outside()) {
        List<Ask> known =
            asks.computeIfAbsent(ask.position().source().name(), k -> new ArrayList<>());
        if (known.stream().noneMatch(other -> other.position().equals(ask.position()))) {
          known.add(ask);
        }
      }
      List<Untrusted> untrusted = new ArrayList<>();
      for (ConfigFile file : List.copyOf(loader.reads().all())) {
        List<Ask> asked = asks.get(file.path().toString());
        if (asked != null && !loader.fileTrust().state(file).isTrusted()) {
          ConfigMap root = roots.get(file.path().toString());
          untrusted.add(untrusted(file, asked, root));
        }
      }
      return untrusted;
    }

    private Untrusted untrusted(ConfigFile file, List<Ask> asked, @Nullable ConfigMap root) {
      if (asked.size() > MOST_ASKS) {
        throw new AtmosException(
            ExitCode.USAGE,
            file + " asks for more than " + MOST_ASKS + " things, and can't be trusted");
      }
      asked.sort(TrustReview::byPosition);
      Path real = loader.fileTrust().real(file);
      String rest = root == null ? "-" : TrustScan.restOf(root, asked);
      return new Untrusted(file, real, rest, asked, store.find(real));
    }

    private void scan(
        ConfigFile file,
        Map<String, Schema> sections,
        Map<String, List<Ask>> asks,
        Map<String, ConfigMap> roots) {
      TagContext context = loader.reviewing();
      ConfigMap root;
      try {
        root = YamlReader.read(file, null, new Tags(context, file), new Budget());
      } catch (AtmosException e) {
        // It isn't part of any configuration like this, and who loads it is told.
        return;
      }
      roots.put(file.path().toString(), root);
      for (Ask ask : new TrustScan(sections, context).asks(file, root)) {
        List<Ask> known =
            asks.computeIfAbsent(ask.position().source().name(), k -> new ArrayList<>());
        if (!known.contains(ask)) {
          known.add(ask);
        }
      }
    }
  }

  /**
   * @param options what the command line says of the configuration
   */
  TrustReview(
      Directories directories,
      Environment environment,
      ReadOnlyFiles reader,
      PrivateFiles privateFiles,
      ConfigOptions options) {
    this.directories = directories;
    this.environment = environment;
    this.reader = reader;
    this.privateFiles = privateFiles;
    this.options = options;
    this.store = new TrustStore(directories, reader);
  }

  /** Whether there is a place to remember anything in. */
  public boolean canRemember() {
    return store.directory().isPresent();
  }

  /**
   * The files of the present configuration that ask for something and aren't trusted.
   *
   * @param sections what the top-level sections may hold
   * @throws AtmosException if a file of the configuration can't be read or isn't valid
   */
  public List<Untrusted> present(Map<String, Schema> sections) {
    Look look = new Look(options, FileTrust.Mode.REVIEW);
    List<Untrusted> untrusted = look.untrusted(sections, null);
    if (untrusted.isEmpty() && look.problem != null) {
      throw look.problem;
    }
    return untrusted;
  }

  /**
   * A file and what it takes in, as far as that asks for something and isn't trusted.
   *
   * @param path a file, or a directory with an {@code atmos.yaml}
   * @param sections what the top-level sections may hold
   * @throws AtmosException if there is no such file, or it can't be read or isn't valid
   */
  public List<Untrusted> of(String path, Map<String, Schema> sections) {
    Path named = file(resolved(path));
    ConfigOptions alone = new ConfigOptions(List.of(named.toString()), List.of(), null, List.of());
    Look look = new Look(alone, FileTrust.Mode.REVIEW_NAMED);
    ConfigFile file = look.loader.reads().find(named);
    if (file == null) {
      throw new AtmosException(ExitCode.USAGE, "the file " + named + " doesn't exist");
    }
    List<Untrusted> untrusted = look.untrusted(sections, file);
    for (Untrusted each : untrusted) {
      if (each.path().equals(named)) {
        return untrusted;
      }
    }
    // It may be a part of the configuration that can't be read without the rest, or is no YAML.
    Path real = look.loader.fileTrust().real(file);
    for (Untrusted each : new Look(options, FileTrust.Mode.REVIEW).untrusted(sections, null)) {
      if (each.real.equals(real)) {
        untrusted.add(each);
        return untrusted;
      }
    }
    if (untrusted.isEmpty() && look.problem != null) {
      throw look.problem;
    }
    return untrusted;
  }

  /**
   * Remembers a file as it was shown.
   *
   * @throws AtmosException if it can't be written down
   */
  public void trust(Untrusted file) {
    TrustRecord record = file.record();
    Optional<Path> place = store.place(record.path());
    if (place.isEmpty()) {
      throw new AtmosException(ExitCode.FAILED, "there is no place to remember anything in");
    }
    try {
      privateFiles.write(place.get(), record.write());
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED, "can't write " + place.get() + ": " + e.getMessage(), null, e);
    }
  }

  /**
   * All files that the user has trusted, by their paths.
   *
   * @throws AtmosException if these can't be read
   */
  public List<Trusted> all() {
    List<Trusted> trusted = new ArrayList<>();
    for (TrustRecord record : records()) {
      trusted.add(new Trusted(record.path(), state(record)));
    }
    return trusted;
  }

  /**
   * Forgets the trusted files of the present configuration.
   *
   * @return their paths
   * @throws AtmosException if a file of the configuration can't be read or isn't valid, or a record
   *     can't be removed
   */
  public List<String> revokePresent() {
    Look look = new Look(options, FileTrust.Mode.REVIEW);
    List<String> revoked = new ArrayList<>();
    // What is included is read only where it is looked for.
    look.untrusted(Map.of(), null);
    for (ConfigFile file : look.loader.reads().all()) {
      TrustRecord record = store.find(look.loader.fileTrust().real(file));
      if (record != null) {
        forget(record);
        revoked.add(record.path());
      }
    }
    if (revoked.isEmpty() && look.problem != null) {
      throw look.problem;
    }
    return revoked;
  }

  /**
   * Forgets a trusted file, or all below a directory; neither has to exist.
   *
   * @return their paths
   * @throws AtmosException if a record can't be removed
   */
  public List<String> revoke(String path) {
    Path named = resolved(path);
    List<String> revoked = new ArrayList<>();
    for (TrustRecord record : records()) {
      Path trusted = named.getFileSystem().getPath(record.path());
      if (trusted.startsWith(named) || trusted.startsWith(real(named))) {
        forget(record);
        revoked.add(record.path());
      }
    }
    return revoked;
  }

  private List<TrustRecord> records() {
    try {
      return store.all();
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED,
          "can't read " + store.directory().orElseThrow() + ": " + e.getMessage(),
          null,
          e);
    }
  }

  private State state(TrustRecord record) {
    try {
      Path path = directories.workingDirectory().getFileSystem().getPath(record.path());
      Optional<byte[]> bytes = reader.read(path, ConfigReads.MOST_BYTES);
      if (bytes.isEmpty()) {
        return State.GONE;
      }
      boolean same =
          record.digest().equals(Digests.of(bytes.get())) && reader.real(path).equals(path);
      return same ? State.UNCHANGED : State.CHANGED;
    } catch (ReadOnlyFiles.FileTooLargeException e) {
      return State.CHANGED;
    } catch (IOException | InvalidPathException e) {
      return State.GONE;
    }
  }

  private void forget(TrustRecord record) {
    Path place = store.place(record.path()).orElseThrow();
    try {
      privateFiles.delete(place);
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED, "can't remove " + place + ": " + e.getMessage(), null, e);
    }
  }

  private Path resolved(String path) {
    if (path.isBlank()) {
      throw new AtmosException(ExitCode.USAGE, "the path of a file is needed");
    }
    try {
      return Paths.resolve(directories.workingDirectory(), path, directories.home());
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, "this is no valid path");
    }
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
    for (String name : new String[] {"atmos.yaml", "atmos.yml", ".atmos.yaml", ".atmos.yml"}) {
      if (reader.exists(path.resolve(name))) {
        return path.resolve(name);
      }
    }
    throw new AtmosException(ExitCode.USAGE, "there is no atmos.yaml in " + path);
  }

  private static int byPosition(Ask a, Ask b) {
    Position first = a.position();
    Position second = b.position();
    int lines = Integer.compare(first.line(), second.line());
    return lines == 0 ? Integer.compare(first.column(), second.column()) : lines;
  }
}
