package dev.atmos.plugin.config;

import dev.atmos.plugin.AtmosException;

/**
 * A value with a tag that isn't read, such as {@code !include}. It may stand in a part of the
 * configuration that nobody asks for; only who asks for it is told.
 *
 * @param problem what to say to who asks, without a value and without a tag that isn't well known:
 *     it may be a secret that begins with {@code !}
 * @param position where it begins
 */
public record ConfigTagged(String problem, Position position) implements ConfigValue {

  /** The failure for who asks for the value. */
  public AtmosException error() {
    return position.error(problem);
  }

  @Override
  public String describe() {
    return "a value with a tag";
  }

  @Override
  public String toString() {
    return "ConfigTagged[" + position + "]";
  }
}
