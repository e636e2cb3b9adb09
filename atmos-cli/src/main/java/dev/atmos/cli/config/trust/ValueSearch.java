package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.merge.ConfigMerge;
import dev.atmos.cli.config.yaml.Tags;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys that lead to a position: several where aliases bring a value to several places.
 */
public final class ValueSearch {
  /** More places than any file needs that is written by hand. */
  static final int MOST = 100;

  private static final String AUTH = "auth";

  private final Position position;

  /** Values that the position isn't in. */
  private final Set<ConfigValue> without = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Map<String, Place> places = new LinkedHashMap<>();

  /**
   * A place of the value.
   *
   * @param name the variable that it is for, if it is for one: its key, or the {@code key} beside a
   *     {@code value}
   * @param definition the keys of the definition that it is a part of
   * @param defined that definition
   */
  record Place(ConfigValue value, String name, String definition, ConfigValue defined) {}

  private ValueSearch(Position position) {
    this.position = position;
  }

  /**
   * The places of a position below a value, by their keys; of includes, in those that were read.
   */
  static Map<String, Place> find(Position position, ConfigValue root) {
    ValueSearch search = new ValueSearch(position);
    search.find(root, "", "", 0, "", root);
    return search.places;
  }

  /** The value at some keys; null if there is none. */
  public static @Nullable ConfigValue valueAt(ConfigValue root, String keys) {
    Place place = at(root, keys);
    return place == null ? null : place.value();
  }

  /** The place with some keys; null if there is none. */
  static @Nullable Place at(ConfigValue root, String keys) {
    return at(root, keys, 0, "");
  }

  private boolean find(
      ConfigValue value, String path, String name, int depth, String definition, ConfigValue in) {
    if (places.size() == MOST) {
      return true;
    }
    if (without.contains(value)) {
      return false;
    }
    boolean found = isThere(value);
    if (found) {
      places.put(path, new Place(value, name, definition, in));
    } else if (value instanceof ConfigMap map) {
      for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
        String below = ConfigMap.path(path, entry.getKey());
        ConfigValue child = entry.getValue().value();
        // A definition is what stands below a name of the auth section, or another section.
        boolean defines = depth == 0 || (depth == 2 && path.startsWith(AUTH + "."));
        found |=
            find(
                child,
                below,
                variable(map, entry.getKey()),
                depth + 1,
                defines ? below : definition,
                defines ? child : in);
      }
    } else if (value instanceof ConfigList list) {
      for (int i = 0; i < list.items().size(); i++) {
        found |= find(list.items().get(i), path + "[" + i + "]", name, depth + 1, definition, in);
      }
    } else if (value instanceof DeferredValue tagged) {
      ConfigValue made =
          tagged.tag().equals(ConfigMerge.APPEND) ? tagged.resolved() : tagged.made();
      found = made != null && find(made, path, name, depth, definition, in);
    }
    if (!found) {
      without.add(value);
    }
    return found;
  }

  private boolean isThere(ConfigValue value) {
    Position at = value.position();
    return at.line() == position.line()
        && at.column() == position.column()
        && at.source().name().equals(position.source().name());
  }

  /**
   * @param from where the keys below the value begin
   * @param name the variable that the value is for
   */
  private static @Nullable Place at(ConfigValue value, String keys, int from, String name) {
    if (from == keys.length()) {
      return new Place(value, name, "", value);
    }
    if (value instanceof ConfigMap map) {
      int start = keys.charAt(from) == '.' ? from + 1 : from;
      int end = endOfKey(keys, start);
      String key = unquoted(keys.substring(start, end));
      ConfigMap.Entry entry = map.entries().get(key);
      return entry == null ? null : at(entry.value(), keys, end, variable(map, key));
    }
    if (value instanceof ConfigList list) {
      int end = keys.indexOf(']', from) + 1;
      int index = end > 0 ? index(keys.substring(from, end)) : -1;
      List<ConfigValue> items = list.items();
      return index < 0 || index >= items.size() ? null : at(items.get(index), keys, end, name);
    }
    if (value instanceof DeferredValue tagged) {
      ConfigValue made = WrittenValue.brought(tagged);
      return made == null ? null : at(made, keys, from, name);
    }
    return null;
  }

  /** Where a key ends that {@link ConfigMap#path} has written. */
  private static int endOfKey(String keys, int start) {
    boolean quoted = keys.startsWith("\"", start);
    int at = quoted ? start + 1 : start;
    while (at < keys.length()) {
      char c = keys.charAt(at);
      if (quoted ? c == '"' : c == '.' || c == '[') {
        return quoted ? at + 1 : at;
      }
      at += quoted && c == '\\' ? 2 : 1;
    }
    return keys.length();
  }

  private static String unquoted(String key) {
    return key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")
        ? key.substring(1, key.length() - 1).replaceAll("\\\\(.)", "$1")
        : key;
  }

  /** The number in brackets; -1 for anything else. */
  private static int index(String item) {
    return item.matches("\\[[0-9]{1,9}]") ? Integer.parseInt(item, 1, item.length() - 1, 10) : -1;
  }

  /** The variable that a value is for; where a tag makes its name, the tag. */
  static String variable(ConfigMap map, String field) {
    ConfigMap.Entry key = field.equals("value") ? map.entries().get("key") : null;
    return switch (key == null ? null : key.value()) {
      case ConfigText text when text.argument() != null -> Tags.ENV + " " + text.argument();
      case ConfigText text -> text.text();
      case DeferredValue tagged -> tagged.tag() + " " + tagged.argument();
      case null, default -> field;
    };
  }
}
