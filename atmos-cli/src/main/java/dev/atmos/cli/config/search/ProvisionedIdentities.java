package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.auth.ProvisionedFile;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The identities that a provider offered when the user signed in, read from a file in the cache
 * directory. They rank below all files of the configuration.
 */
public final class ProvisionedIdentities {
  private static final String AUTH = "auth";
  private static final String IDENTITIES = "identities";
  private static final String FLAG = "auto_provision_identities";

  private ProvisionedIdentities() {}

  /**
   * The identities of one provider.
   *
   * @param provider its name
   * @param file the file that holds them
   */
  public record Offer(String provider, ConfigFile file) {}

  /** The offers of the providers that provision identities. */
  public static List<Offer> offers(ConfigMap merged, ConfigPorts ports) {
    ConfigMap providers = map(map(merged, AUTH), "providers");
    List<Offer> offers = new ArrayList<>();
    if (providers == null) {
      return offers;
    }
    for (String name : providers.entries().keySet()) {
      if (wants(map(providers, name))) {
        Path path = ProvisionedFile.of(name, ports.directories(), ports.environment());
        ConfigFile file = path == null ? null : ports.cache().find(path, null);
        if (file != null) {
          offers.add(new Offer(name, file));
        }
      }
    }
    return offers;
  }

  /** The identities in such a file, and nothing else of it. */
  public static ConfigMap identities(ConfigMap file) {
    ConfigMap auth = map(file, AUTH);
    return only(file, AUTH, auth == null ? null : only(auth, IDENTITIES, map(auth, IDENTITIES)));
  }

  /** The identities of a configuration; null if it has none. */
  public static @Nullable ConfigMap identitiesOf(ConfigMap merged) {
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

  /** The mapping below a key; a value of another type is reported where it is used. */
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
      // It is reported where the value is used.
      return null;
    }
  }
}
