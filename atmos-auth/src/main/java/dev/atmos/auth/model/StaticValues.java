package dev.atmos.auth.model;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.SchemaCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Values that are known without running or reading anything. What can't be known is absent. */
public final class StaticValues {
  /** The most values of a definition: aliases of aliases can multiply them without end. */
  static final int MOST = 10_000;

  private StaticValues() {}

  /** The value of a key; null where it isn't there, is empty, or can't be known. */
  public static @Nullable ConfigValue value(@Nullable ConfigValue parent, String key) {
    ConfigMap.Entry entry = parent instanceof ConfigMap map ? map.entries().get(key) : null;
    return entry == null ? null : known(entry.value());
  }

  /** The value of a path of keys joined by dots. */
  public static @Nullable ConfigValue at(@Nullable ConfigValue root, String path) {
    ConfigValue at = root;
    for (String key : path.split("\\.", -1)) {
      at = value(at, key);
    }
    return at;
  }

  /** The text of a path; null where it isn't there, is empty, or can't be known. */
  public static @Nullable ConfigText text(@Nullable ConfigValue root, String path) {
    return at(root, path) instanceof ConfigText text && !text.text().isEmpty() ? text : null;
  }

  /** Whether a path has {@code true}. */
  public static boolean flag(@Nullable ConfigValue root, String path, boolean otherwise) {
    ConfigText text = text(root, path);
    return text == null ? otherwise : text.text().equalsIgnoreCase("true");
  }

  /** The texts of a list. */
  public static List<String> texts(@Nullable ConfigValue root, String path) {
    List<String> texts = new ArrayList<>();
    if (at(root, path) instanceof ConfigList list) {
      for (ConfigValue item : list.items()) {
        if (known(item) instanceof ConfigText text) {
          texts.add(text.text());
        }
      }
    }
    return texts;
  }

  /** A value, made if that needs no running; null where it is empty, or can't be known. */
  static @Nullable ConfigValue known(ConfigValue value) {
    if (SchemaCheck.isDeferred(value)) {
      return null;
    }
    try {
      ConfigValue resolved = value.resolved();
      return resolved instanceof ConfigText text && text.isNull() ? null : resolved;
    } catch (AtmosException e) {
      return null;
    }
  }

  /** Whether a definition has more than {@link #MOST} values, which takes too long to copy. */
  static boolean exceedsMost(ConfigMap definition) {
    Deque<ConfigValue> left = new ArrayDeque<>(List.of(definition));
    for (int count = 0; !left.isEmpty(); count++) {
      if (count + left.size() > MOST) {
        return true;
      }
      ConfigValue value = known(left.removeLast());
      if (value instanceof ConfigMap map) {
        map.entries().values().forEach(entry -> left.add(entry.value()));
      } else if (value instanceof ConfigList list) {
        left.addAll(list.items());
      }
    }
    return false;
  }

  /**
   * A copy of a mapping without what can't be known, and without what is left out on purpose.
   *
   * @param path the path of the mapping
   * @param leftOut whether the value at a path is left out; is asked with the value as it is
   *     written
   */
  static ConfigMap copy(ConfigMap map, String path, BiPredicate<String, ConfigValue> leftOut) {
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
      String below = SchemaCheck.path(path, entry.getKey());
      ConfigValue value = entry.getValue().value();
      ConfigValue known = leftOut.test(below, value) ? null : known(value);
      if (value instanceof ConfigText text && text.isNull()) {
        // Its key may say enough, such as the name of a variable.
        known = value;
      } else if (known instanceof ConfigMap mapping) {
        known = copy(mapping, below, leftOut);
      } else if (known instanceof ConfigList list) {
        known = copy(list, below, leftOut);
      }
      if (known != null) {
        entries.put(entry.getKey(), new ConfigMap.Entry(entry.getValue().keyPosition(), known));
      }
    }
    return new ConfigMap(entries, map.position());
  }

  private static ConfigList copy(
      ConfigList list, String path, BiPredicate<String, ConfigValue> leftOut) {
    List<ConfigValue> items = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      String below = path + "[" + i + "]";
      ConfigValue item = list.items().get(i);
      ConfigValue known = leftOut.test(below, item) ? null : known(item);
      if (known != null) {
        items.add(known instanceof ConfigMap map ? copy(map, below, leftOut) : known);
      }
    }
    return new ConfigList(items, list.position());
  }
}
