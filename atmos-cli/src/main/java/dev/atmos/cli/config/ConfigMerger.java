package dev.atmos.cli.config;

import dev.atmos.cli.config.file.BasePaths;
import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.merge.ConfigMerge;
import dev.atmos.cli.config.merge.MergeLimit;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.search.Imports;
import dev.atmos.cli.config.search.MergeOrder;
import dev.atmos.cli.config.search.Profiles;
import dev.atmos.cli.config.search.ProvisionedIdentities;
import dev.atmos.cli.config.search.RootFiles;
import dev.atmos.cli.config.search.SearchLocation;
import dev.atmos.cli.config.search.SearchLog;
import dev.atmos.cli.config.search.YamlFiles;
import dev.atmos.cli.config.yaml.YamlReader;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the configuration once: finds, parses and merges the files. */
final class ConfigMerger implements MergeOrder.Parser {
  private static final String AUTH = "auth";

  private final ConfigLoader loader;
  private final ConfigOptions options;
  private final @Nullable Set<String> sections;
  private final @Nullable SearchLog log;
  private final ConfigFileCache cache;
  private final Imports imports;
  private final Map<ConfigFile, ConfigMap> parsed = new HashMap<>();
  private final MergeLimit parsing = new MergeLimit();
  private @Nullable Path repository;

  /**
   * Nothing is read yet.
   *
   * @param sections the top-level sections that are needed; null for all
   * @param log takes the steps of the search; null if they aren't needed
   */
  ConfigMerger(
      ConfigLoader loader,
      ConfigOptions options,
      @Nullable Set<String> sections,
      @Nullable SearchLog log) {
    this.loader = loader;
    this.options = options;
    this.log = log;
    this.cache = loader.cache();
    this.imports = new Imports(cache, loader.directories().home(), loader.guard());
    if (sections == null) {
      this.sections = null;
    } else {
      this.sections = new HashSet<>(ConfigLoader.ALWAYS);
      this.sections.addAll(sections);
    }
  }

  @Override
  public ConfigMap parse(ConfigFile file) {
    ConfigMap map = parsed.get(file);
    if (map == null) {
      map = YamlReader.read(file, sections, loader.tags(file), parsing);
      file.setRoot(map);
      parsed.put(file, map);
    }
    return map;
  }

  /** The files of all ranks together. */
  ConfigMap merged() {
    List<SearchLocation> locations = locations();
    SearchLog baseLog =
        log == null ? null : SearchLog.root(loader.directories().workingDirectory());
    List<ConfigFile> order = base(locations, baseLog);
    ConfigMap merged = fold(null, order);
    ConfigMap base = orNothing(merged);
    Profiles.Choice choice = Profiles.chosen(options, loader.environment(), base);
    if (choice != null) {
      List<ConfigFile> over = profiles(choice, profiles(base, locations), base);
      if (order.removeAll(over)) {
        // A file that a profile imports as well counts there.
        merged = fold(null, order);
      }
      merged = fold(merged, over);
      order.addAll(0, over);
    }
    merged = orNothing(merged);
    List<ProvisionedIdentities.Offer> offers =
        ProvisionedIdentities.offers(merged, loader.directories(), loader.environment(), cache);
    if (log != null && baseLog != null) {
      log.addAll(baseLog);
      for (int i = offers.size() - 1; i >= 0; i--) {
        log.merged(
            "what the provider " + offers.get(i).provider() + " offers", offers.get(i).file());
      }
    }
    return offers.isEmpty() ? merged : orNothing(fold(provisioned(offers), order));
  }

  /** The names of the profiles that can be selected. */
  List<String> profileNames() {
    List<SearchLocation> locations = locations();
    return profiles(orNothing(fold(null, base(locations, null))), locations).names();
  }

  /** What selects the same configuration in another run. */
  SelectedConfig selected() {
    List<SearchLocation> locations = locations();
    ConfigMap base = orNothing(fold(null, base(locations, null)));
    Profiles.Choice choice = Profiles.chosen(options, loader.environment(), base);
    List<Path> files = SelectedConfig.files(locations, repository, cache);
    List<String> names = new ArrayList<>();
    if (choice != null) {
      Profiles profiles = profiles(base, locations);
      List<Path> elsewhere = SelectedConfig.directories(locations);
      for (String name : choice.names()) {
        Path directory = profiles.directory(name, choice);
        if (directory == null) {
          throw profiles.unknown(name, choice, isIdentity(name, base));
        }
        Path there =
            elsewhere.isEmpty()
                ? null
                : new Profiles(loader.directories(), cache, loader.guard(), base, elsewhere)
                    .directory(name, choice);
        names.add(directory.equals(there) ? name : directory.toString());
      }
    }
    return new SelectedConfig(files, cache.base(), names);
  }

  private List<SearchLocation> locations() {
    cache.setBases(
        BasePaths.of(
            options.basePath(), loader.directories(), loader.environment(), loader.reader()));
    RootFiles files = new RootFiles(loader.directories(), loader.environment(), cache);
    List<SearchLocation> locations = files.find(options);
    repository = files.repository();
    return locations;
  }

  private List<ConfigFile> base(List<SearchLocation> locations, @Nullable SearchLog baseLog) {
    MergeOrder mergeOrder = new MergeOrder(cache, imports, this);
    mergeOrder.addLocations(locations, repository, baseLog);
    return mergeOrder.order();
  }

  // ---- profiles

  private Profiles profiles(ConfigMap base, List<SearchLocation> locations) {
    return new Profiles(
        loader.directories(), cache, loader.guard(), base, configDirectories(locations));
  }

  /** The directory of the file with the highest rank; if files are named, those of all of them. */
  private List<Path> configDirectories(List<SearchLocation> locations) {
    List<Path> found = new ArrayList<>();
    for (int i = locations.size() - 1; i >= 0; i--) {
      ConfigFile file = locations.get(i).file();
      if (file != null && !found.contains(file.directory())) {
        found.add(file.directory());
        if (!locations.get(i).kind().isNamed()) {
          break;
        }
      }
    }
    if (found.isEmpty()) {
      found.add(loader.directories().workingDirectory());
    }
    return found;
  }

  private List<ConfigFile> profiles(Profiles.Choice choice, Profiles profiles, ConfigMap base) {
    MergeOrder mergeOrder = new MergeOrder(cache, imports, this);
    Set<String> done = new HashSet<>();
    List<Path> directories = new ArrayList<>();
    for (String name : choice.names()) {
      Path directory = profiles.directory(name, choice);
      if (directory == null) {
        throw profiles.unknown(name, choice, isIdentity(name, base));
      }
      directories.add(directory);
    }
    for (int i = choice.names().size() - 1; i >= 0; i--) {
      String name = choice.names().get(i);
      if (done.add(name)) {
        String place = log == null ? name : "the profile " + name;
        List<Path> paths = YamlFiles.below(directories.get(i), cache, choice.position());
        if (paths.isEmpty() && log != null) {
          log.absent(place, directories.get(i), "no YAML file in it");
        }
        mergeOrder.addAll(place, paths, log);
      }
    }
    return mergeOrder.order();
  }

  private boolean isIdentity(String name, ConfigMap base) {
    ConfigMap all =
        sections == null || sections.contains(AUTH)
            ? base
            : new ConfigMerger(loader, options, Set.of(AUTH), null).withoutProfiles();
    ConfigMap identities = ProvisionedIdentities.identitiesOf(all);
    return identities != null && hasIgnoringCase(identities, name);
  }

  private ConfigMap withoutProfiles() {
    return orNothing(fold(null, base(locations(), null)));
  }

  private static boolean hasIgnoringCase(ConfigMap map, String name) {
    for (String key : map.entries().keySet()) {
      if (key.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  // ---- merging

  private @Nullable ConfigMap provisioned(List<ProvisionedIdentities.Offer> offers) {
    ConfigMap merged = null;
    MergeLimit limit = new MergeLimit();
    for (int i = 0; i < offers.size(); i++) {
      ConfigMap map = ProvisionedIdentities.identities(parse(offers.get(i).file()));
      merged = ConfigMerge.merge(merged, map, offers.get(i).file().marked(), limit);
    }
    return merged;
  }

  /** Merges files, given from the highest rank to the lowest, over a configuration. */
  private @Nullable ConfigMap fold(@Nullable ConfigMap below, List<ConfigFile> order) {
    MergeLimit limit = new MergeLimit();
    ConfigMap merged = below;
    for (int i = order.size() - 1; i >= 0; i--) {
      ConfigFile file = order.get(i);
      merged = ConfigMerge.merge(merged, parse(file), file.marked(), limit);
    }
    return merged;
  }

  private static ConfigMap orNothing(@Nullable ConfigMap map) {
    return map == null
        ? new ConfigMap(Map.of(), new Position(new Source(RootFiles.NAME, ""), 1, 1))
        : map;
  }
}
