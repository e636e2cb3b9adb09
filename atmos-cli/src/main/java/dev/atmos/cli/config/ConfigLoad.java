package dev.atmos.cli.config;

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

/** Makes the configuration once: finds the files, parses them, and merges them. */
final class ConfigLoad implements Layers.Parser {
  private static final String AUTH = "auth";

  private final ConfigLoader loader;
  private final ConfigOptions options;
  private final @Nullable Set<String> sections;
  private final @Nullable Trail trail;
  private final ConfigReads reads;
  private final Imports imports;
  private final Map<ConfigFile, ConfigMap> parsed = new HashMap<>();
  private final Budget parsing = new Budget();
  private @Nullable Path repository;

  /**
   * Nothing is read yet.
   *
   * @param sections what has to be there at the top; null for everything
   * @param trail takes the steps of the search; null if nobody wants to know
   */
  ConfigLoad(
      ConfigLoader loader,
      ConfigOptions options,
      @Nullable Set<String> sections,
      @Nullable Trail trail) {
    this.loader = loader;
    this.options = options;
    this.trail = trail;
    this.reads = loader.reads();
    this.imports = new Imports(reads, loader.directories().home(), loader.guard());
    if (sections == null) {
      this.sections = null;
    } else {
      this.sections = new HashSet<>(ConfigLoader.ALWAYS);
      this.sections.addAll(sections);
    }
  }

  /** What was found that is no error, after the files have been merged. */
  List<Configuration.Warning> warnings() {
    return imports.warnings();
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
    List<Place> places = places();
    Trail baseTrail = trail == null ? null : Trail.root(loader.directories().workingDirectory());
    List<ConfigFile> order = base(places, baseTrail);
    ConfigMap merged = fold(null, order);
    ConfigMap base = orNothing(merged);
    Profiles.Choice choice = Profiles.chosen(options, loader.environment(), base);
    if (choice != null) {
      List<ConfigFile> over = profiles(choice, profiles(base, places), base);
      if (order.removeAll(over)) {
        // What a profile takes in as well counts there.
        merged = fold(null, order);
      }
      merged = fold(merged, over);
      order.addAll(0, over);
    }
    merged = orNothing(merged);
    List<ProvisionedIdentities.Offer> offers =
        ProvisionedIdentities.offers(merged, loader.directories(), loader.environment(), reads);
    if (trail != null && baseTrail != null) {
      trail.addAll(baseTrail);
      for (int i = offers.size() - 1; i >= 0; i--) {
        trail.merged(
            "what the provider " + offers.get(i).provider() + " offers", offers.get(i).file());
      }
    }
    return offers.isEmpty() ? merged : orNothing(fold(provisioned(offers), order));
  }

  /** The names of the profiles that could be chosen. */
  List<String> profileNames() {
    List<Place> places = places();
    return profiles(orNothing(fold(null, base(places, null))), places).names();
  }

  /** What makes another run read the same. */
  InForce inForce() {
    List<Place> places = places();
    ConfigMap base = orNothing(fold(null, base(places, null)));
    Profiles.Choice choice = Profiles.chosen(options, loader.environment(), base);
    List<Path> files = InForce.files(places, repository, reads);
    List<String> names = new ArrayList<>();
    if (choice != null) {
      Profiles profiles = profiles(base, places);
      List<Path> elsewhere = InForce.directories(places);
      for (String name : choice.names()) {
        Path directory = profiles.directory(name, choice);
        if (directory == null) {
          throw profiles.unknown(name, choice, isIdentity(name, base));
        }
        Path there =
            elsewhere.isEmpty()
                ? null
                : new Profiles(loader.directories(), reads, loader.guard(), base, elsewhere)
                    .directory(name, choice);
        names.add(directory.equals(there) ? name : directory.toString());
      }
    }
    return new InForce(files, reads.base(), names);
  }

  private List<Place> places() {
    reads.setBases(
        BasePaths.of(
            options.basePath(), loader.directories(), loader.environment(), loader.reader()));
    ConfigFiles files = new ConfigFiles(loader.directories(), loader.environment(), reads);
    List<Place> places = files.find(options);
    repository = files.repository();
    return places;
  }

  private List<ConfigFile> base(List<Place> places, @Nullable Trail baseTrail) {
    Layers layers = new Layers(reads, imports, this);
    layers.addPlaces(places, repository, baseTrail);
    return layers.order();
  }

  // ---- profiles

  private Profiles profiles(ConfigMap base, List<Place> places) {
    return new Profiles(
        loader.directories(), reads, loader.guard(), base, configDirectories(places));
  }

  /** Where the file is that counts most; of files that are named, where each of them is. */
  private List<Path> configDirectories(List<Place> places) {
    List<Path> found = new ArrayList<>();
    for (int i = places.size() - 1; i >= 0; i--) {
      ConfigFile file = places.get(i).file();
      if (file != null && !found.contains(file.directory())) {
        found.add(file.directory());
        if (!places.get(i).kind().isNamed()) {
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
    Layers layers = new Layers(reads, imports, this);
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
        String place = trail == null ? name : "the profile " + name;
        List<Path> paths = YamlFiles.below(directories.get(i), reads, choice.position());
        if (paths.isEmpty() && trail != null) {
          trail.absent(place, directories.get(i), "no YAML file in it");
        }
        layers.addAll(place, paths, trail);
      }
    }
    return layers.order();
  }

  private boolean isIdentity(String name, ConfigMap base) {
    ConfigMap all =
        sections == null || sections.contains(AUTH)
            ? base
            : new ConfigLoad(loader, options, Set.of(AUTH), null).withoutProfiles();
    ConfigMap identities = ProvisionedIdentities.identitiesOf(all);
    return identities != null && hasIgnoringCase(identities, name);
  }

  private ConfigMap withoutProfiles() {
    return orNothing(fold(null, base(places(), null)));
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
    Budget budget = new Budget();
    for (int i = 0; i < offers.size(); i++) {
      ConfigMap map = ProvisionedIdentities.identities(parse(offers.get(i).file()));
      merged = ConfigMerge.merge(merged, map, offers.get(i).file().marked(), budget);
    }
    return merged;
  }

  /** Merges files, given from the highest rank to the lowest, over what there is. */
  private @Nullable ConfigMap fold(@Nullable ConfigMap below, List<ConfigFile> order) {
    Budget budget = new Budget();
    ConfigMap merged = below;
    for (int i = order.size() - 1; i >= 0; i--) {
      ConfigFile file = order.get(i);
      merged = ConfigMerge.merge(merged, parse(file), file.marked(), budget);
    }
    return merged;
  }

  private static ConfigMap orNothing(@Nullable ConfigMap map) {
    return map == null
        ? new ConfigMap(Map.of(), new Position(new Source(ConfigFiles.NAME, ""), 1, 1))
        : map;
  }
}
