package dev.atmos.auth;

import dev.atmos.auth.config.Keys;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.ConfiguredNames;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.config.ConfigText;
import dev.atmos.plugin.config.ConfigValue;
import dev.atmos.plugin.config.ShapeCheck;
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
  static final class Factory implements Function<PluginContext, ConfiguredNames> {
    @Override
    public ConfiguredNames apply(PluginContext context) {
      return new NamesOfSection(context);
    }
  }

  private final PluginContext context;

  NamesOfSection(PluginContext context) {
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
      Optional<ConfigMap> auth = context.config(Keys.AUTH);
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
    if (entry == null || ShapeCheck.isDeferred(entry.value())) {
      return null;
    }
    try {
      return entry.value().resolved();
    } catch (AtmosException e) {
      return null;
    }
  }
}
