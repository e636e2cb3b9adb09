package dev.atmos.cli.config;

import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.config.ConfigText;
import dev.atmos.plugin.config.ConfigValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Merges one file over another. Mappings are merged key by key; anything else is replaced. An
 * identity is replaced whole, by names that don't differ but in their case: half of one file's
 * identity with half of another's would be a third one that nobody has written.
 */
final class ConfigMerge {

  /** What is being merged; the rules depend on it. */
  private enum Place {
    ROOT,
    AUTH,
    IDENTITIES,
    ELSEWHERE;

    Place below(String key) {
      if (this == ROOT && key.equals("auth")) {
        return AUTH;
      }
      return this == AUTH && key.equals("identities") ? IDENTITIES : ELSEWHERE;
    }
  }

  private final Budget budget;

  private ConfigMerge(Budget budget) {
    this.budget = budget;
  }

  /** Both together; the upper one wins. */
  static ConfigMap merge(ConfigMap lower, ConfigMap upper, Budget budget) {
    return new ConfigMerge(budget).maps(lower, upper, Place.ROOT);
  }

  private ConfigMap maps(ConfigMap lower, ConfigMap upper, Place place) {
    budget.take(lower.entries().size() + upper.entries().size(), upper.position());
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>(lower.entries());
    if (place == Place.IDENTITIES) {
      dropReplaced(entries, upper);
    }
    for (Map.Entry<String, ConfigMap.Entry> entry : upper.entries().entrySet()) {
      ConfigMap.Entry below = entries.get(entry.getKey());
      entries.put(
          entry.getKey(),
          below == null ? entry.getValue() : entry(below, entry.getValue(), place, entry.getKey()));
    }
    return new ConfigMap(entries, upper.position());
  }

  private ConfigMap.Entry entry(
      ConfigMap.Entry lower, ConfigMap.Entry upper, Place place, String key) {
    if (!(lower.value() instanceof ConfigMap lowerMap)) {
      return upper;
    }
    if (saysNothing(upper.value())) {
      return lower;
    }
    return upper.value() instanceof ConfigMap upperMap && place != Place.IDENTITIES
        ? new ConfigMap.Entry(upper.keyPosition(), maps(lowerMap, upperMap, place.below(key)))
        : upper;
  }

  /** A section all of whose lines are commented out doesn't take away what other files say. */
  private static boolean saysNothing(ConfigValue value) {
    return value instanceof ConfigText text && text.isNull();
  }

  private static void dropReplaced(Map<String, ConfigMap.Entry> entries, ConfigMap upper) {
    Set<String> replaced = new HashSet<>();
    for (Map.Entry<String, ConfigMap.Entry> entry : upper.entries().entrySet()) {
      if (!saysNothing(entry.getValue().value())) {
        replaced.add(entry.getKey().toLowerCase(Locale.ROOT));
      }
    }
    for (String name : Set.copyOf(entries.keySet())) {
      if (!upper.entries().containsKey(name) && replaced.contains(name.toLowerCase(Locale.ROOT))) {
        entries.remove(name);
      }
    }
  }
}
