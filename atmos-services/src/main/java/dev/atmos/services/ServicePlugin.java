package dev.atmos.services;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.config.ConfigSection;
import java.util.List;

/**
 * A built-in plugin that supplies services to the other ones. The key {@code services} of its
 * metadata names their types, separated by commas.
 */
public interface ServicePlugin extends Plugin {

  /** The services. None is made before it is asked for. */
  default List<Service<?>> services() {
    return List.of();
  }

  /**
   * Like {@link #sections()}, for sections whose schema depends on the kinds that plugins supply.
   * The host asks for this one.
   */
  default List<ConfigSection> sections(Services services) {
    return sections();
  }
}
