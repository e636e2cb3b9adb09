package dev.atmos.cli.config.approval;

import dev.atmos.cli.config.ConfigLoader;
import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.cli.config.file.ImportGuard;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.trust.FileTrust;
import dev.atmos.cli.config.trust.TrustPorts;
import dev.atmos.cli.config.trust.TrustRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.io.Directories;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the configuration once without refusing anything and without running a command. */
final class ConfigReview implements ImportGuard {
  /** More than a person reads before answering. */
  private static final int MOST_REQUESTS = 1_000;

  private static final Comparator<Position> ORDER =
      Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

  private final Directories directories;
  private final ConfigFileCache cache;
  private final FileTrust trust;
  private final Map<Position, String> outside = new LinkedHashMap<>();

  /**
   * Links that lead out of their projects, and files there that a pattern has led to, with where
   * they are named.
   */
  private final Map<Path, Position> links = new LinkedHashMap<>();

  private final @Nullable AtmosException problem;
  private final @Nullable ConfigMap merged;

  /**
   * Reads the configuration.
   *
   * @param namingTrusts whether a file is trusted because the options name it
   */
  ConfigReview(TrustPorts host, ConfigOptions options, boolean namingTrusts) {
    this.directories = host.directories();
    this.cache = new ConfigFileCache(host.reader(), directories, host.environment());
    this.trust = new FileTrust(host, cache, namingTrusts);
    ConfigPorts ports =
        new ConfigPorts(directories, host.environment(), cache, CommandRunner::none, trust, this);
    AtmosException failure = null;
    ConfigMap whole = null;
    try {
      whole = new ConfigLoader(ports, trust).explain(options).merged();
    } catch (AtmosException e) {
      failure = e;
    }
    problem = failure;
    merged = whole;
  }

  @Override
  public void check(ConfigFile importer, Path target, Position entry, boolean listed) {
    if (trust.roots().isOutside(importer, target)) {
      outside.putIfAbsent(entry, target.toString());
      if (listed || trust.roots().isLink(target)) {
        links.put(target, entry);
      }
    }
  }

  @Override
  public void checkFound(ConfigFile file, Path directory) {
    if (trust.leavesProject(file, directory)) {
      links.put(file.path(), trust.link(file).position());
    }
  }

  /** Why the configuration can't be loaded; null if it can. */
  @Nullable AtmosException problem() {
    return problem;
  }

  /** The files that were read. */
  ConfigFileCache cache() {
    return cache;
  }

  /** The trust in these files. */
  FileTrust trust() {
    return trust;
  }

  /**
   * The files that aren't trusted as a whole and have values that need approval, approved or not.
   *
   * @param sections finds what a top-level section may hold; null where nothing reads it
   */
  List<UntrustedFile> untrusted(Function<String, @Nullable Schema> sections) {
    Map<String, Schema> schemas = new HashMap<>();
    Map<String, Map<String, UntrustedFile.Value>> values = new HashMap<>();
    Map<ConfigFile, List<UntrustedFile.Unsupplied>> unsupplied = new HashMap<>();
    List<TrustScan.Found> found = new ArrayList<>();
    for (ConfigFile file : List.copyOf(cache.all())) {
      ConfigMap root = file.root();
      if (root != null) {
        root.keys().forEach(name -> schemas.computeIfAbsent(name, sections));
        TrustScan scan = new TrustScan(trust, file, merged, directories.home());
        scan.scan(root, schemas);
        found.addAll(scan.found());
        unsupplied.put(file, scan.unsupplied());
      }
    }
    // Only now all included files have been read.
    for (TrustScan.Found each : found) {
      Position position = each.value().position();
      ConfigFile file = cache.of(position.source());
      if (file != null && FileTrust.isText(file, position)) {
        // Its use stands in another file.
        unsupplied
            .computeIfAbsent(file, _ -> new ArrayList<>())
            .add(new UntrustedFile.Unsupplied("", each.path(), position));
      } else {
        add(each.effect(), position, each.text(), each.declared(), each.secret(), values);
      }
    }
    for (ConfigProblem each : trust.leftOut()) {
      // Such as the choice of a profile that says it.
      Position position = each.position();
      if (position != null) {
        add(Effect.PROTECTION, position, each.path(), true, false, values);
      }
    }
    outside.forEach((position, target) ->
        add(Effect.READS, position, target, /* declared= */ true, /* secret= */ false, values));
    links.forEach((path, entry) -> {
      ConfigFile file = cache.of(entry.source());
      if (file != null && !trust.state(file).isTrusted()) {
        Path real = cache.real(path, null);
        String text = real.equals(path) ? path.toString() : path + ", a link to " + real;
        values
            .computeIfAbsent(file.path().toString(), name -> new LinkedHashMap<>())
            .put(
                "link " + path,
                new UntrustedFile.Value(trust.link(path, entry), text, true, false));
      }
    });
    List<UntrustedFile> untrusted = new ArrayList<>();
    for (ConfigFile file : cache.all()) {
      Map<String, UntrustedFile.Value> own = values.getOrDefault(file.path().toString(), Map.of());
      List<UntrustedFile.Unsupplied> unknown = unsupplied.getOrDefault(file, List.of());
      if (!trust.state(file).isTrusted() && !(own.isEmpty() && unknown.isEmpty())) {
        List<UntrustedFile.Value> sorted = new ArrayList<>(own.values());
        sorted.sort(Comparator.comparing(value -> value.request().position(), ORDER));
        untrusted.add(
            new UntrustedFile(file, trust.real(file), sorted, unknown, trust.record(file)));
      }
    }
    return untrusted;
  }

  /** Adds a value once: several schemas may declare it, and its file may be included often. */
  private void add(
      Effect effect,
      Position position,
      String text,
      boolean declared,
      boolean secret,
      Map<String, Map<String, UntrustedFile.Value>> values) {
    Map<String, UntrustedFile.Value> own =
        values.computeIfAbsent(position.source().name(), name -> new LinkedHashMap<>());
    String place = effect + " " + position;
    ConfigFile file = cache.of(position.source());
    if (own.containsKey(place) || file == null || trust.state(file).isTrusted()) {
      return;
    }
    if (own.size() == MOST_REQUESTS) {
      throw new AtmosException(
          ExitCode.USAGE,
          file + " asks for more than " + MOST_REQUESTS + " things, and can't be trusted");
    }
    TrustRequest request = trust.request(effect, position);
    if (request != null) {
      own.put(
          place,
          new UntrustedFile.Value(declared ? request : request.asText(), text, declared, secret));
    }
  }
}
