package dev.atmos.services.config;

import dev.atmos.plugin.config.Position;
import java.util.List;

/**
 * A sequence.
 *
 * @param items its values, in order
 * @param position where it begins
 */
public record ConfigList(List<ConfigValue> items, Position position) implements ConfigValue {

  /** Keeps a copy of the items. */
  public ConfigList {
    items = List.copyOf(items);
  }

  @Override
  public String describe() {
    return "a list";
  }
}
