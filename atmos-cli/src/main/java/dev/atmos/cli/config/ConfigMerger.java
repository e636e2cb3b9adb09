package dev.atmos.cli.config;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.cli.config.merge.ConfigMerge;
import dev.atmos.cli.config.merge.MergeLimit;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.search.FileChoices;
import dev.atmos.cli.config.search.MergeOrder;
import dev.atmos.cli.config.search.Profiles;
import dev.atmos.cli.config.search.ProvisionedIdentities;
import dev.atmos.cli.config.search.RootFiles;
import dev.atmos.cli.config.search.SearchLocation;
import dev.atmos.cli.config.search.SearchLog;
import dev.atmos.cli.config.trust.ProtectedSettings;
import dev.atmos.cli.config.trust.TrustedValues;
import dev.atmos.cli.config.yaml.Tags;
import dev.atmos.cli.config.yaml.YamlReader;
import dev.atmos.plugin.base.AtmosException;
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
  private final ConfigPorts ports;
  private final ConfigOptions options;
  private final @Nullable Set<String> sections;
  private final @Nullable SearchLog log;
  private final Map<ConfigFile, ConfigMap> parsed = new HashMap<>();
  private final MergeLimit parsing = new MergeLimit();

  // What the search has found.
  private List<SearchLocation> locations = List.of();
  private List<ConfigFile> order = List.of();

  /**
   * Nothing is read yet.
   *
   * @param sections the top-level sections that are needed; null for all, to be explained
   * @param log takes the steps of the search; null if they aren't needed
   */
  ConfigMerger(
      ConfigLoader loader,
      ConfigOptions options,
      @Nullable Set<String> sections,
      @Nullable SearchLog log) {
    this.loader = loader;
    this.ports = loader.ports();
    this.options = options;
    this.log = log;
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
      Tags tags = new Tags(ports, file, /* explained= */ sections == null, null);
      map = YamlReader.read(file, sections, tags, parsing);
      ConfigMap guarded = FileChoices.guarded(map, ports.trust());
      file.setRoot(map, guarded);
      map = guarded;
      parsed.put(file, map);
    }
    return map;
  }

  /** The files of all ranks together. */
  ConfigMap merged() {
    SearchLog baseLog = log == null ? null : log.lower();
    return merged(base(baseLog), baseLog);
  }

  /** The same over what {@link #base()} has found. */
  ConfigMap merged(ConfigMap base) {
    return merged(base, null);
  }

  private ConfigMap merged(ConfigMap base, @Nullable SearchLog baseLog) {
    ConfigMap merged = base;
    Profiles.Choice choice = Profiles.chosen(options, ports.environment(), base);
    if (choice != null) {
      List<ConfigFile> over = profileFiles(choice, base, log);
      if (order.removeAll(over)) {
        // A file that a profile imports as well counts there.
        merged = fold(null, order);
      }
      ConfigMap chosen = fold(merged, over);
      merged = withTrustedChoice(choice, merged, chosen);
      order.addAll(0, over);
    }
    List<ProvisionedIdentities.Offer> offers = ProvisionedIdentities.offers(merged, ports);
    if (log != null && baseLog != null) {
      log.addAll(baseLog);
      for (ProvisionedIdentities.Offer offer : offers.reversed()) {
        log.merged("what the provider " + offer.provider() + " offers", offer.file());
      }
    }
    return offers.isEmpty() ? merged : fold(provisioned(offers), order);
  }

  /** Searches, and merges all files but those of profiles and providers. */
  ConfigMap base() {
    return base(null);
  }

  private ConfigMap base(@Nullable SearchLog baseLog) {
    ports.cache().setBase(ConfigPaths.base(options.basePath(), ports));
    locations = new RootFiles(ports).find(options);
    MergeOrder mergeOrder = new MergeOrder(ports, this, baseLog);
    mergeOrder.addLocations(locations);
    order = mergeOrder.order();
    return fold(null, order);
  }

  /** The files, profiles' among them once all are merged, from the highest rank to the lowest. */
  List<ConfigFile> files() {
    return order;
  }

  /** Where the search looked. */
  List<SearchLocation> locations() {
    return locations;
  }

  // ---- profiles

  /** The profiles beside the files that were found. */
  Profiles profiles(ConfigMap base) {
    List<Path> directories = configDirectories(/* named= */ false);
    return new Profiles(
        ports,
        base,
        directories.isEmpty() ? List.of(ports.directories().workingDirectory()) : directories);
  }

  /**
   * The directory of the file with the highest rank; where files are named, those of all of them.
   *
   * @param named whether the files that were found count as named
   */
  List<Path> configDirectories(boolean named) {
    List<Path> found = new ArrayList<>();
    for (int i = locations.size() - 1; i >= 0; i--) {
      ConfigFile file = locations.get(i).file();
      if (file != null && !found.contains(file.directory())) {
        found.add(file.directory());
        if (!named && !locations.get(i).kind().isNamed()) {
          break;
        }
      }
    }
    return found;
  }

  /**
   * The directories of the chosen profiles.
   *
   * @throws AtmosException if one doesn't exist
   */
  List<Path> directories(Profiles.Choice choice, Profiles profiles, ConfigMap base) {
    List<Path> directories = new ArrayList<>();
    for (String name : choice.names()) {
      Path directory = profiles.directory(name, choice);
      if (directory == null) {
        throw profiles.unknown(name, choice, isIdentity(name, base));
      }
      directories.add(directory);
    }
    return directories;
  }

  private List<ConfigFile> profileFiles(
      Profiles.Choice choice, ConfigMap base, @Nullable SearchLog to) {
    MergeOrder mergeOrder = new MergeOrder(ports, this, to);
    Set<String> done = new HashSet<>();
    List<Path> directories = directories(choice, profiles(base), base);
    for (int i = directories.size() - 1; i >= 0; i--) {
      String name = choice.names().get(i);
      if (done.add(name)) {
        String place = to == null ? name : "the profile " + name;
        Path directory = directories.get(i);
        mergeOrder.addDirectory(place, directory, baseOf(directory), choice.position());
      }
    }
    return mergeOrder.order();
  }

  /**
   * A configuration with a profile, where a file that isn't trusted can't decide by its choice what
   * the protected settings are: they are as they would be without that choice.
   */
  private ConfigMap withTrustedChoice(Profiles.Choice choice, ConfigMap base, ConfigMap chosen) {
    Position position = choice.position();
    if (position == null || loader.trust().isTrusted(position)) {
      return chosen;
    }
    List<ConfigFile> trusted = new ArrayList<>(order);
    trusted.removeIf(file -> !loader.trustOf(file).isTrusted());
    Profiles.Choice own = Profiles.chosen(options, ports.environment(), fold(null, trusted));
    if (own != null && own.names().equals(choice.names())) {
      return chosen;
    }
    ConfigMap before = own == null ? base : fold(base, profileFiles(own, base, null));
    return withProtectedSettings(before, chosen, new ConfigMap(Map.of(), position));
  }

  /** The directory of the configuration that a profile lies below, else its own. */
  private Path baseOf(Path profile) {
    for (Path directory : configDirectories(/* named= */ false)) {
      if (profile.startsWith(directory)) {
        return directory;
      }
    }
    Path here = ports.directories().workingDirectory();
    return profile.startsWith(here) ? here : profile;
  }

  private boolean isIdentity(String name, ConfigMap base) {
    ConfigMap all =
        sections == null || sections.contains(AUTH)
            ? base
            : new ConfigMerger(loader, options, Set.of(AUTH), null).base();
    ConfigMap identities = ProvisionedIdentities.identitiesOf(all);
    return identities != null && identities.keys().stream().anyMatch(name::equalsIgnoreCase);
  }

  // ---- merging

  private @Nullable ConfigMap provisioned(List<ProvisionedIdentities.Offer> offers) {
    ConfigMap merged = null;
    MergeLimit limit = new MergeLimit();
    for (ProvisionedIdentities.Offer offer : offers) {
      ConfigMap map = ProvisionedIdentities.identities(parse(offer.file()));
      merged = ConfigMerge.merge(merged, map, offer.file().marked(), limit);
    }
    return merged;
  }

  /** Merges files, given from the highest rank to the lowest, over a configuration. */
  private ConfigMap fold(@Nullable ConfigMap below, List<ConfigFile> files) {
    MergeLimit limit = new MergeLimit();
    ConfigMap merged = below;
    for (int i = files.size() - 1; i >= 0; i--) {
      ConfigFile file = files.get(i);
      ConfigMap over = ConfigMerge.merge(merged, parse(file), file.marked(), limit);
      // First, as this may put a mapping in the place of a section.
      ConfigMap kept = merged == null ? over : withTrustedValues(file, merged, over);
      merged = withProtectedSettings(merged, kept, parse(file));
    }
    return merged == null
        ? new ConfigMap(Map.of(), new Position(new Source(RootFiles.NAME, ""), 1, 1))
        : merged;
  }

  /**
   * A configuration whose protected settings are as they were before, unless they may be changed.
   *
   * @param over what changes them
   */
  private ConfigMap withProtectedSettings(
      @Nullable ConfigMap before, ConfigMap after, ConfigMap over) {
    boolean kept =
        ProtectedSettings.differ(before, after)
            && !ProtectedSettings.mayChange(over, loader.trust());
    ConfigMap merged = kept ? ProtectedSettings.kept(before, after) : after;
    return ProtectedSettings.keptAudit(before, merged, over, loader.trust());
  }

  /** Asks whether the file is trusted only if something is lost. */
  private ConfigMap withTrustedValues(ConfigFile file, ConfigMap before, ConfigMap after) {
    ConfigMap kept = TrustedValues.kept(before, after, loader.trust());
    return kept == after || loader.trustOf(file).isTrusted() ? after : kept;
  }
}
