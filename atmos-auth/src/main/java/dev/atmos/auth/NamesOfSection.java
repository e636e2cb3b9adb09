package dev.atmos.auth;

import dev.atmos.auth.config.Keys;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.SchemaCheck;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names of the {@code auth} section. Whatever is wrong with it: there are fewer names, and
 * nothing runs.
 */
final class NamesOfSection implements ConfiguredNames {

  /** A class, because all services are named on the token path, where a lambda costs more. */
  static final class Factory implements Function<Services, ConfiguredNames> {
    @Override
    public ConfiguredNames apply(Services context) {
      return new NamesOfSection(context);
    }
  }

  private final Services context;

  NamesOfSection(Services context) {
    this.context = context;
  }

  @Override
  public List<String> identities() {
    return keys(below(Keys.IDENTITIES));
  }

  @Override
  public List<String> providers() {
    return keys(below(Keys.PROVIDERS));
  }

  @Override
  public List<String> integrations() {
    return keys(below(Keys.INTEGRATIONS));
  }

  @Override
  public List<String> clusters() {
    Set<String> clusters = new LinkedHashSet<>();
    ConfigValue integrations = below(Keys.INTEGRATIONS);
    for (String name : keys(integrations)) {
      ConfigValue cluster = value(value(value(integrations, name), "spec"), "cluster");
      if (value(cluster, "name") instanceof ConfigText text && !text.text().isEmpty()) {
        clusters.add(text.text());
      }
    }
    return List.copyOf(clusters);
  }

  private @Nullable ConfigValue below(String key) {
    try {
      Optional<ConfigMap> auth = context.configMap(Keys.AUTH);
      return auth.isEmpty() ? null : value(auth.get(), key);
    } catch (AtmosException e) {
      return null;
    }
  }

  private static List<String> keys(@Nullable ConfigValue value) {
    return value instanceof ConfigMap map ? map.keys() : List.of();
  }

  /** The value of a key, if it is there and can be made without running or reading something. */
  private static @Nullable ConfigValue value(@Nullable ConfigValue parent, String key) {
    ConfigMap.Entry entry = parent instanceof ConfigMap map ? map.entries().get(key) : null;
    if (entry == null || SchemaCheck.isDeferred(entry.value())) {
      return null;
    }
    try {
      return entry.value().resolved();
    } catch (AtmosException e) {
      return null;
    }
  }
}
