package dev.atmos.plugin.integration;

import java.util.List;
import java.util.Optional;

/**
 * Host service: the integration kinds of all plugins. Only the plugin that is asked for is loaded.
 */
public interface IntegrationTypes {

  /**
   * The integration kind of that name; empty if no plugin has it.
   *
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#PLUGIN} if the
   *     plugin that has it can't be loaded
   */
  Optional<IntegrationType> find(String kind);

  /** The names of all integration kinds, sorted. */
  List<String> kinds();
}
