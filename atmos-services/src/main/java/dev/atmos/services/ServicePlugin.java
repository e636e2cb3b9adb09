package dev.atmos.services;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.services.command.DirectCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A built-in plugin that supplies services to the other ones. The key {@code services} of its
 * metadata names their types, separated by commas.
 */
public interface ServicePlugin extends Plugin {

  /** The services. None is made before it is asked for. */
  default List<Service<?>> services() {
    return List.of();
  }

  /** The command of a path in the form that runs without picocli; null if it has none. */
  default @Nullable DirectCommand direct(String path, Services services) {
    return null;
  }

  /**
   * The sections of the configuration that it reads, where their schemas depend on other plugins;
   * asked for in place of {@link #sections()}.
   */
  default List<ConfigSection> sections(Services services) {
    return sections();
  }
}
