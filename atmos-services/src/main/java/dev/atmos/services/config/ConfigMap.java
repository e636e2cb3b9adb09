package dev.atmos.services.config;

import dev.atmos.plugin.config.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping, in the order in which it was written. The typed getters hold a key with an empty value
 * for absent, and throw an {@link AtmosException} that names file, line and column where the value
 * is of another type.
 */
public final class ConfigMap implements ConfigValue {

  /**
   * A key with its value.
   *
   * @param keyPosition where the key begins
   * @param value the value
   */
  public record Entry(Position keyPosition, ConfigValue value) {}

  private final Map<String, Entry> entries;
  private final Position position;

  /** A map of these entries. */
  public ConfigMap(Map<String, Entry> entries, Position position) {
    this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    this.position = position;
  }

  @Override
  public Position position() {
    return position;
  }

  /** The entries, in the order in which they were written. */
  public Map<String, Entry> entries() {
    return entries;
  }

  /** The keys, in the order in which they were written. */
  public List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  /** Whether there are no entries. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Where a key was written; where the map begins, if it has no such key. */
  public Position positionOf(String key) {
    Entry entry = entries.get(key);
    return entry == null ? position : entry.keyPosition();
  }

  /** The mapping below a key. */
  public Optional<ConfigMap> map(String key) {
    return value(key, ConfigMap.class, "a mapping");
  }

  /** The list below a key. */
  public Optional<ConfigList> list(String key) {
    return value(key, ConfigList.class, "a list");
  }

  /** The text of a key. */
  public Optional<String> text(String key) {
    Optional<ConfigText> text = value(key, ConfigText.class, "a text");
    return text.isPresent() ? Optional.of(text.get().text()) : Optional.empty();
  }

  /** Whether a key says {@code true}; anything but {@code true} and {@code false} is an error. */
  public Optional<Boolean> flag(String key) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    boolean isTrue = text.get().equalsIgnoreCase("true");
    if (isTrue || text.get().equalsIgnoreCase("false")) {
      return Optional.of(isTrue);
    }
    throw positionOf(key).error("'" + key + "' must be true or false");
  }

  private <T extends ConfigValue> Optional<T> value(String key, Class<T> type, String wanted) {
    Entry entry = entries.get(key);
    ConfigValue value = entry == null ? null : entry.value().resolved();
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (type.isInstance(value)) {
      return Optional.of(type.cast(value));
    }
    throw positionOf(key).error("'" + key + "' must be " + wanted + ", and is " + value.describe());
  }

  /**
   * The path of a key below a path. A name that holds anything but letters, digits, {@code _},
   * {@code -} and {@code /} stands in quotes, so that the dots of names and those of paths differ.
   *
   * @param parent the path; empty at the top
   */
  public static String path(String parent, String key) {
    String dotted = parent.isEmpty() ? "" : parent.concat(".");
    return dotted.concat(isPlain(key) ? key : quoted(key));
  }

  private static boolean isPlain(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '-' && c != '/') {
        return false;
      }
    }
    return !key.isEmpty();
  }

  private static String quoted(String key) {
    return "\"".concat(key.replace("\\", "\\\\").replace("\"", "\\\"")).concat("\"");
  }

  @Override
  public String describe() {
    return "a mapping";
  }

  /** Says which keys there are, not their values: these may be secrets. */
  @Override
  public String toString() {
    return "ConfigMap" + entries.keySet() + "[" + position + "]";
  }
}
