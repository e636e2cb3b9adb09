package dev.atmos.cli.config.merge;

import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges one file over another. Mappings are merged key by key; anything else is replaced. An
 * identity is replaced whole, by names that don't differ but in their case: half of one file's
 * identity with half of another's would be a third identity that no file defines.
 *
 * <p>Two tags change that: {@code !unset} removes a key, and a list with {@code !append} is
 * appended to the lower list. They apply to what was merged before, and the result holds neither.
 */
public final class ConfigMerge {
  public static final String UNSET = "!unset";
  public static final String APPEND = "!append";

  public static final String INCLUDE = "!include";

  /** The part of the configuration that is being merged; the rules depend on it. */
  private enum Level {
    ROOT,
    AUTH,
    IDENTITIES,
    ELSEWHERE;

    Level below(String key) {
      if (this == ROOT && key.equals("auth")) {
        return AUTH;
      }
      return this == AUTH && key.equals("identities") ? IDENTITIES : ELSEWHERE;
    }
  }

  private final MergeLimit limit;

  /** Values without their tags, by the values with them; null if there are no tags. */
  private final @Nullable Map<ConfigValue, ConfigValue> cleaned;

  private ConfigMerge(boolean marked, MergeLimit limit) {
    this.limit = limit;
    this.cleaned = marked ? new IdentityHashMap<>() : null;
  }

  /**
   * Merges two mappings; the upper one takes precedence.
   *
   * @param lower the result so far; null for none
   * @param marked whether the upper one may have one of the tags
   */
  public static ConfigMap merge(
      @Nullable ConfigMap lower, ConfigMap upper, boolean marked, MergeLimit limit) {
    ConfigMerge merge = new ConfigMerge(marked, limit);
    if (lower != null) {
      return merge.maps(lower, upper, Level.ROOT);
    }
    return marked ? merge.cleanMap(upper) : upper;
  }

  private ConfigMap maps(ConfigMap lower, ConfigMap upper, Level level) {
    // One more, as two empty maps take time as well.
    limit.take(lower.entries().size() + upper.entries().size() + 1, upper.position());
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>(lower.entries());
    boolean identities = level == Level.IDENTITIES;
    Set<String> lowerNames = identities ? dropReplaced(entries, upper) : Set.of();
    for (Map.Entry<String, ConfigMap.Entry> named : upper.entries().entrySet()) {
      String key = named.getKey();
      ConfigMap.Entry entry = named.getValue();
      ConfigMap.Entry lowerEntry = entries.get(key);
      ConfigValue below = lowerEntry == null ? null : lowerEntry.value();
      ConfigValue value =
          identities
              ? identity(below, entry.value())
              : value(below, entry.value(), level.below(key));
      if (value == null
          || (identities && below == null && saysNothing(value) && lowerNames.contains(key))) {
        entries.remove(key);
      } else if (!isSame(value, below)) {
        entries.put(
            key,
            isSame(value, entry.value()) ? entry : new ConfigMap.Entry(entry.keyPosition(), value));
      }
    }
    return new ConfigMap(entries, upper.position());
  }

  /** One value over another; null for none. */
  private @Nullable ConfigValue value(@Nullable ConfigValue lower, ConfigValue upper, Level level) {
    if (isTagged(upper, UNSET)) {
      return null;
    }
    if (isTagged(upper, APPEND)) {
      return appended(lower, upper);
    }
    boolean nothing = saysNothing(upper);
    boolean map = upper instanceof ConfigMap;
    boolean include = isTagged(upper, INCLUDE);
    if (lower instanceof ConfigMap lowerMap) {
      // A section all of whose lines are commented out takes nothing away.
      if (nothing) {
        return lower;
      }
      if (upper instanceof ConfigMap upperMap) {
        return maps(lowerMap, upperMap, level);
      }
    }
    boolean lowerInclude = lower != null && isTagged(lower, INCLUDE);
    if (lower != null
        && ((include && (lowerInclude || lower instanceof ConfigMap))
            || (lowerInclude && (map || nothing)))) {
      return later(lower, upper, level);
    }
    return clean(upper);
  }

  private @Nullable ConfigValue identity(@Nullable ConfigValue lower, ConfigValue upper) {
    if (isTagged(upper, UNSET)) {
      return null;
    }
    return lower != null && saysNothing(upper) ? lower : clean(upper);
  }

  /**
   * The merged value where one of the two is an included file, which is read only when it is used.
   */
  private ConfigValue later(ConfigValue lower, ConfigValue upper, Level level) {
    String argument = upper instanceof DeferredValue tagged ? tagged.argument() : "";
    return new DeferredValue(
        INCLUDE,
        argument,
        upper.position(),
        () -> {
          ConfigValue merged =
              new ConfigMerge(/* marked= */ true, limit)
                  .value(lower.resolved(), upper.resolved(), level);
          return merged == null ? upper : merged;
        });
  }

  private ConfigValue appended(@Nullable ConfigValue lower, ConfigValue upper) {
    if (lower instanceof DeferredValue tagged) {
      return new DeferredValue(
          APPEND, "", upper.position(), () -> appended(tagged.resolved(), upper));
    }
    ConfigValue added = clean(upper.resolved());
    if (lower == null || saysNothing(lower)) {
      return added;
    }
    if (lower instanceof ConfigList before && added instanceof ConfigList after) {
      limit.take(before.items().size() + after.items().size(), upper.position());
      List<ConfigValue> items = new ArrayList<>(before.items());
      items.addAll(after.items());
      return new ConfigList(items, upper.position());
    }
    return DeferredValue.unreadable(
        "!append needs a list to append to, and a lower file has " + lower.describe(),
        upper.position());
  }

  /** A value with nothing below it. */
  private ConfigValue clean(ConfigValue value) {
    if (cleaned == null || value instanceof ConfigText) {
      return value;
    }
    ConfigValue known = cleaned.get(value);
    if (known == null) {
      known =
          switch (value) {
            case ConfigMap map -> cleanMap(map);
            case ConfigList list -> cleanList(list);
            case DeferredValue tagged when isTagged(tagged, APPEND) -> clean(tagged.resolved());
            default -> value;
          };
      cleaned.put(value, known);
    }
    return known;
  }

  /** A mapping over none. */
  private ConfigMap cleanMap(ConfigMap map) {
    return maps(new ConfigMap(Map.of(), map.position()), map, Level.ELSEWHERE);
  }

  private ConfigList cleanList(ConfigList list) {
    List<ConfigValue> items = new ArrayList<>();
    boolean changed = false;
    for (ConfigValue item : list.items()) {
      ConfigValue value = clean(item);
      changed = changed || !isSame(value, item);
      items.add(value);
    }
    return changed ? new ConfigList(items, list.position()) : list;
  }

  /** Compares by identity: comparing contents that aliases share could take a very long time. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(@Nullable ConfigValue a, @Nullable ConfigValue b) {
    return a == b;
  }

  private static boolean isTagged(ConfigValue value, String tag) {
    return value instanceof DeferredValue tagged && tagged.tag().equals(tag);
  }

  private static boolean saysNothing(ConfigValue value) {
    return value instanceof ConfigText text && text.isNull();
  }

  /**
   * Takes away the names that the upper ones differ from only in their case.
   *
   * @return the names that are left, in any case
   */
  private static Set<String> dropReplaced(Map<String, ConfigMap.Entry> entries, ConfigMap upper) {
    Set<String> replaced = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, ConfigMap.Entry> entry : upper.entries().entrySet()) {
      if (!saysNothing(entry.getValue().value())) {
        replaced.add(entry.getKey());
      }
    }
    Set<String> left = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : List.copyOf(entries.keySet())) {
      if (upper.entries().containsKey(name) || !replaced.contains(name)) {
        left.add(name);
      } else {
        entries.remove(name);
      }
    }
    return left;
  }
}
