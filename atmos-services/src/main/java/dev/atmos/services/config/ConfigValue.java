package dev.atmos.services.config;

import dev.atmos.plugin.config.Position;

/** A value of the configuration. */
public sealed interface ConfigValue permits ConfigMap, ConfigList, ConfigText, DeferredValue {

  /** Where the value begins. */
  Position position();

  /** What the value is, for messages: {@code a mapping}, {@code a list}, {@code a text}. */
  String describe();

  /** Whether it says "nothing": an empty value, {@code ~} or {@code null}, without quotes. */
  default boolean isNull() {
    return false;
  }

  /** The value itself; of a {@link DeferredValue}, what its tag makes. */
  default ConfigValue resolved() {
    return this;
  }
}
