package dev.atmos.cli.config.approval;

import dev.atmos.cli.config.ConfigLoader;
import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.cli.config.file.ImportGuard;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.trust.FileTrust;
import dev.atmos.cli.config.trust.TrustRequest;
import dev.atmos.cli.port.SafePlaces;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.config.ConfigMap;
import java.io.IOException;
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
  private final List<TrustRequest> outside = new ArrayList<>();
  private final @Nullable AtmosException problem;

  /**
   * Reads the configuration.
   *
   * @param namingTrusts whether a file is trusted because the options name it
   */
  ConfigReview(
      Directories directories,
      Environment environment,
      FileInspector reader,
      SafePlaces safePlaces,
      ConfigOptions options,
      boolean namingTrusts) {
    this.directories = directories;
    this.cache = new ConfigFileCache(reader, directories, environment);
    this.trust = new FileTrust(directories, environment, reader, cache, safePlaces, namingTrusts);
    CommandRunner noCommands =
        (command, directory, mostBytes, limit) -> {
          throw new IOException("is not run in a review");
        };
    ConfigPorts ports = new ConfigPorts(directories, environment, cache, noCommands, trust, this);
    AtmosException failure = null;
    try {
      new ConfigLoader(ports, trust).explain(options).merged();
    } catch (AtmosException e) {
      failure = e;
    }
    problem = failure;
  }

  @Override
  public void check(ConfigFile importer, Path target, Position entry) {
    if (trust.isOutside(importer, target)) {
      outside.add(new TrustRequest(Effect.READS, "", target.toString(), entry, true));
    }
  }

  @Override
  public void checkFound(ConfigFile file, Path directory) {
    if (trust.leavesProject(file, directory)) {
      String target = trust.real(file).toString();
      Position start = new Position(file.source(), 1, 1);
      outside.add(new TrustRequest(Effect.READS, "", target, start, true));
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
   * The files that aren't trusted and have values that need approval.
   *
   * @param sections finds what a top-level section may hold; null where nothing reads it
   */
  List<UntrustedFile> untrusted(Function<String, @Nullable Schema> sections) {
    Map<String, Schema> schemas = new HashMap<>();
    Map<String, Map<String, TrustRequest>> requests = new LinkedHashMap<>();
    for (ConfigFile file : List.copyOf(cache.all())) {
      ConfigMap root = file.root();
      if (root != null) {
        root.keys().forEach(name -> schemas.computeIfAbsent(name, sections));
        TrustScan scan = new TrustScan(schemas, trust, file, directories.home());
        scan.requests(root).forEach(request -> add(request, requests));
      }
    }
    outside.forEach(request -> add(request, requests));
    List<UntrustedFile> untrusted = new ArrayList<>();
    for (ConfigFile file : cache.all()) {
      Map<String, TrustRequest> found = requests.get(file.path().toString());
      if (found != null && !trust.state(file).isTrusted()) {
        if (found.size() > MOST_REQUESTS) {
          throw new AtmosException(
              ExitCode.USAGE,
              file + " asks for more than " + MOST_REQUESTS + " things, and can't be trusted");
        }
        List<TrustRequest> sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparing(TrustRequest::position, ORDER));
        untrusted.add(new UntrustedFile(file, trust.real(file), sorted, trust.record(file)));
      }
    }
    return untrusted;
  }

  /** Adds a value once: several schemas may declare it, and its file may be included often. */
  private static void add(TrustRequest request, Map<String, Map<String, TrustRequest>> requests) {
    requests
        .computeIfAbsent(request.position().source().name(), name -> new LinkedHashMap<>())
        .putIfAbsent(request.effect() + " " + request.position(), request);
  }
}
