package dev.atmos.cli.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identities that a provider has offered when the user signed in to it, and that were kept in a
 * file of the cache. They rank below what anybody has written.
 */
final class ProvisionedIdentities {
  private static final String AUTH = "auth";
  private static final String IDENTITIES = "identities";
  private static final String FLAG = "auto_provision_identities";
  private static final String FILE = "provisioned-identities.yaml";

  private ProvisionedIdentities() {}

  /**
   * What a provider has offered.
   *
   * @param provider its name
   * @param file where that is kept
   */
  record Offer(String provider, ConfigFile file) {}

  /** What the providers have offered that want it. */
  static List<Offer> offers(
      ConfigMap merged, Directories directories, Environment environment, ConfigReads reads) {
    ConfigMap providers = map(map(merged, AUTH), "providers");
    List<Offer> offers = new ArrayList<>();
    if (providers == null) {
      return offers;
    }
    for (String name : providers.entries().keySet()) {
      if (wants(map(providers, name))) {
        Path path = path(name, directories, environment);
        ConfigFile file = path == null ? null : reads.find(path);
        if (file != null) {
          offers.add(new Offer(name, file));
        }
      }
    }
    return offers;
  }

  /** Of what such a file holds, nothing but the identities. */
  static ConfigMap identities(ConfigMap file) {
    ConfigMap auth = map(file, AUTH);
    return only(file, AUTH, auth == null ? null : only(auth, IDENTITIES, map(auth, IDENTITIES)));
  }

  /** The identities of a configuration; null if it has none. */
  static @Nullable ConfigMap identitiesOf(ConfigMap merged) {
    return map(map(merged, AUTH), IDENTITIES);
  }

  private static ConfigMap only(ConfigMap map, String key, @Nullable ConfigMap value) {
    return new ConfigMap(
        value == null ? Map.of() : Map.of(key, new ConfigMap.Entry(map.positionOf(key), value)),
        map.position());
  }

  private static boolean wants(@Nullable ConfigMap provider) {
    ConfigMap.Entry flag = provider == null ? null : provider.entries().get(FLAG);
    return flag != null
        && resolved(flag.value()) instanceof ConfigText text
        && text.text().equalsIgnoreCase("true");
  }

  /** What isn't a mapping is for who reads it to complain of. */
  private static @Nullable ConfigMap map(@Nullable ConfigMap map, String key) {
    ConfigMap.Entry entry = map == null ? null : map.entries().get(key);
    return entry != null && resolved(entry.value()) instanceof ConfigMap inner ? inner : null;
  }

  private static @Nullable ConfigValue resolved(ConfigValue value) {
    if (!(value instanceof DeferredValue)) {
      return value;
    }
    try {
      return value.resolved();
    } catch (AtmosException e) {
      // Whoever needs the value will be told.
      return null;
    }
  }

  private static @Nullable Path path(
      String provider, Directories directories, Environment environment) {
    String name = provider.replace('/', '_').replace('\\', '_');
    Path cache = cache(directories, environment);
    if (cache == null || name.isBlank() || name.equals(".") || name.equals("..")) {
      return null;
    }
    try {
      return cache.resolve("atmos").resolve("auth").resolve(name).resolve(FILE);
    } catch (InvalidPathException e) {
      // No file can have been kept under such a name.
      return null;
    }
  }

  private static @Nullable Path cache(Directories directories, Environment environment) {
    for (String variable : List.of("ATMOS_XDG_CACHE_HOME", "XDG_CACHE_HOME")) {
      Optional<String> value = environment.nonEmpty(variable);
      if (value.isPresent()) {
        try {
          Path path = directories.workingDirectory().getFileSystem().getPath(value.get());
          // The specification wants relative paths ignored.
          if (path.isAbsolute()) {
            return path;
          }
        } catch (InvalidPathException e) {
          // No path at all, and so no more than a relative one.
        }
      }
    }
    Optional<Path> home = directories.home();
    return home.isPresent() ? home.get().resolve(".cache") : null;
  }
}
