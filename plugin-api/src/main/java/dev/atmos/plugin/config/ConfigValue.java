package dev.atmos.plugin.config;

/** A value of the configuration. */
public sealed interface ConfigValue permits ConfigMap, ConfigList, ConfigText, ConfigTagged {

  /** Where the value begins. */
  Position position();

  /** What the value is, for messages: {@code a mapping}, {@code a list}, {@code a text}. */
  String describe();

  /** The value itself; of a {@link ConfigTagged}, what its tag makes. */
  default ConfigValue resolved() {
    return this;
  }
}
