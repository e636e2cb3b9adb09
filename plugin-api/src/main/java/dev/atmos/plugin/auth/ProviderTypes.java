package dev.atmos.plugin.auth;

import java.util.List;
import java.util.Optional;

/** Host service: the provider kinds of all plugins. Only the plugin that is asked for is loaded. */
public interface ProviderTypes {

  /**
   * The kind of that name; empty if no plugin has it.
   *
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#PLUGIN} if the
   *     plugin that has it can't be loaded
   */
  Optional<ProviderType> findProvider(String kind);

  /** The names of all kinds, sorted. */
  List<String> providerKinds();
}
