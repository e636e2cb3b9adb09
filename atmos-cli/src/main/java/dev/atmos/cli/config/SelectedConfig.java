package dev.atmos.cli.config;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.cli.config.search.Profiles;
import dev.atmos.cli.config.search.SearchLocation;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigSelection;
import dev.atmos.services.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Selects the configuration of this run by variables. */
final class SelectedConfig implements ConfigSelection {
  private static final String AUTH = "auth";
  private static final String FILES = "ATMOS_CONFIG";
  private static final String REALM = "ATMOS_AUTH_REALM";

  private final ConfigLoader loader;
  private final ConfigOptions options;
  private final Map<Boolean, Map<String, String>> variables = new HashMap<>();
  private final ConfigMap nothing = new ConfigMap(Map.of(), new Position(new Source("", ""), 1, 1));
  private @Nullable Merged merged;

  /**
   * The configuration.
   *
   * @param base what it is without profiles
   * @param whole what it is with them
   * @param strangers its files that aren't trusted
   */
  private record Merged(
      ConfigMerger merger, ConfigMap base, ConfigMap whole, List<ConfigFile> strangers) {}

  SelectedConfig(ConfigLoader loader, ConfigOptions options) {
    this.loader = loader;
    this.options = options;
  }

  @Override
  public Map<String, String> variables() {
    return found(true);
  }

  @Override
  public List<String> words() {
    return options.config().isEmpty() && options.configPath().isEmpty()
        ? List.of()
        : List.of("--config", variables().getOrDefault(FILES, ""));
  }

  @Override
  public Map<String, String> variablesOf(@Nullable String identity) {
    ConfigMap section = merged().whole().map(AUTH).orElse(nothing);
    return found(!isTrusted(section, identity));
  }

  private Merged merged() {
    if (merged == null) {
      ConfigMerger merger = new ConfigMerger(loader, options, Set.of(AUTH), null);
      ConfigMap base = merger.base();
      ConfigMap whole = merger.merged(base);
      List<ConfigFile> strangers = new ArrayList<>();
      for (ConfigFile file : merger.files()) {
        if (!loader.trustOf(file).isTrusted()) {
          strangers.add(file);
        }
      }
      merged = new Merged(merger, base, whole, strangers);
    }
    return merged;
  }

  private Map<String, String> found(boolean all) {
    Map<String, String> found = variables.get(all);
    if (found == null) {
      found = find(all);
      variables.put(all, found);
    }
    return found;
  }

  /** Whether an identity, and all that it goes through, has values of trusted files only. */
  private boolean isTrusted(ConfigMap section, @Nullable String identity) {
    String part = "identities";
    String name = identity;
    Set<String> seen = new HashSet<>();
    while (name != null && seen.add(part + name.toLowerCase(Locale.ROOT))) {
      ConfigMap definition = definition(section, part, name);
      if (definition == null || !isTrusted(definition)) {
        return false;
      }
      ConfigMap via = definition.map("via").orElse(nothing);
      boolean chained = via.entries().containsKey("identity");
      part = chained ? "identities" : "providers";
      name = via.text(chained ? "identity" : "provider").orElse(null);
    }
    return true;
  }

  private @Nullable ConfigMap definition(ConfigMap section, String part, String name) {
    ConfigMap definitions = section.map(part).orElse(nothing);
    for (String key : definitions.keys()) {
      if (name.equalsIgnoreCase(key)) {
        return definitions.map(key).orElse(null);
      }
    }
    return null;
  }

  private boolean isTrusted(ConfigValue value) {
    if (value instanceof ConfigMap map) {
      for (ConfigMap.Entry entry : map.entries().values()) {
        if (!isTrusted(entry.value())) {
          return false;
        }
      }
      return true;
    }
    if (value instanceof ConfigList list) {
      for (ConfigValue item : list.items()) {
        if (!isTrusted(item)) {
          return false;
        }
      }
      return true;
    }
    return loader.trust().isTrusted(value.position());
  }

  /** Whether a file, or what lies in a directory, is to be named. */
  private boolean counts(boolean all, Path path) {
    if (!all) {
      for (ConfigFile file : merged().strangers()) {
        if (file.path().startsWith(path)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * @param all whether files that aren't trusted count
   */
  private Map<String, String> find(boolean all) {
    ConfigMerger merger = merged().merger();
    Path basePath = loader.ports().cache().base();
    Map<String, String> found = new LinkedHashMap<>();
    found.put(FILES, atCommas(files(merger, all)));
    found.put("ATMOS_CONFIG_PATH", "");
    found.put("ATMOS_CHDIR", "");
    found.put("ATMOS_BASE_PATH", basePath == null ? "" : basePath.toString());
    found.put("ATMOS_PROFILE", atCommas(profiles(merger, merged().base(), all)));
    found.put(REALM, realm());
    return Collections.unmodifiableMap(found);
  }

  /**
   * The files that the configuration begins with, and the directories of fragments that have no
   * file beside them; absolute, from the lowest rank to the highest. A file that was found twice
   * counts at its highest rank.
   */
  private Collection<String> files(ConfigMerger merger, boolean all) {
    Set<String> files = new LinkedHashSet<>();
    for (SearchLocation location : merger.locations()) {
      boolean there =
          location.kind() == SearchLocation.Kind.FRAGMENTS
              ? loader.ports().cache().list(location.path(), null) != null
              : location.file() != null;
      if (there && counts(all, location.path())) {
        String path = location.path().toString();
        if (loader.ports().cache().isPipe(location.path())) {
          throw new AtmosException(
              ExitCode.USAGE,
              path + " is a pipe, which can't be read again by what asks for credentials later",
              "name a file");
        }
        files.remove(path);
        files.add(path);
      }
    }
    return files;
  }

  /**
   * The chosen profiles, from the lowest rank to the highest: the name of one that the name leads
   * to when the files are named, and else its directory.
   */
  private List<String> profiles(ConfigMerger merger, ConfigMap base, boolean all) {
    Profiles.Choice choice = Profiles.chosen(options, loader.ports().environment(), base);
    List<String> profiles = new ArrayList<>();
    if (choice != null) {
      List<Path> directories = merger.directories(choice, merger.profiles(base), base);
      List<Path> places = merger.configDirectories(/* named= */ true);
      Profiles elsewhere = new Profiles(loader.ports(), base, places);
      for (int i = 0; i < directories.size(); i++) {
        String name = choice.names().get(i);
        Path there = places.isEmpty() ? null : elsewhere.directory(name, choice);
        if (counts(all, directories.get(i))) {
          // A file that isn't named may have said where profiles are.
          boolean leads = all && directories.get(i).equals(there);
          profiles.add(leads ? name : directories.get(i).toString());
        }
      }
    }
    return profiles;
  }

  /** The variable, else its value in the configuration, else the realm of the section. */
  private String realm() {
    ConfigMap config = merged().whole();
    Optional<String> realm = loader.ports().environment().get(REALM);
    if (realm.isEmpty()) {
      realm = config.map(Profiles.ENV).orElse(nothing).text(REALM);
    }
    return realm.isPresent() && !realm.get().isEmpty()
        ? realm.get()
        : config.map(AUTH).orElse(nothing).text("realm").orElse("");
  }

  private static String atCommas(Collection<String> texts) {
    for (String text : texts) {
      if (text.indexOf(',') >= 0) {
        throw new AtmosException(
            ExitCode.USAGE,
            text + " has a comma in its path, so that no variable can name it",
            "move it to a path without one");
      }
    }
    return String.join(",", texts);
  }
}
