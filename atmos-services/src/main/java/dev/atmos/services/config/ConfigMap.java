package dev.atmos.services.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    ConfigValue value = value(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof ConfigMap map) {
      return Optional.of(map);
    }
    throw wrongType(key, "a mapping", value);
  }

  /** The list below a key. */
  public Optional<ConfigList> list(String key) {
    ConfigValue value = value(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof ConfigList list) {
      return Optional.of(list);
    }
    throw wrongType(key, "a list", value);
  }

  /** The text of a key. */
  public Optional<String> text(String key) {
    ConfigValue value = value(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof ConfigText text) {
      return Optional.of(text.text());
    }
    throw wrongType(key, "a text", value);
  }

  /** The text of a key that holds a secret. */
  public Optional<Secret> secret(String key) {
    Optional<String> text = text(key);
    return text.isPresent() ? Optional.of(Secret.of(text.get())) : Optional.empty();
  }

  /** Whether a key says {@code true}; anything but {@code true} and {@code false} is an error. */
  public Optional<Boolean> flag(String key) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().equalsIgnoreCase("true")) {
      return Optional.of(true);
    }
    if (text.get().equalsIgnoreCase("false")) {
      return Optional.of(false);
    }
    throw positionOf(key).error("'" + key + "' must be true or false");
  }

  /** The value of a key; null where there is none, or where it says nothing. */
  private @Nullable ConfigValue value(String key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    ConfigValue value = entry.value().resolved();
    return value instanceof ConfigText text && text.isNull() ? null : value;
  }

  private AtmosException wrongType(String key, String wanted, ConfigValue value) {
    return positionOf(key)
        .error("'" + key + "' must be " + wanted + ", and is " + value.describe());
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
