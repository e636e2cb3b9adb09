package dev.atmos.plugin.auth;

import java.util.List;
import java.util.Optional;

/**
 * Host service: the credential stores of all plugins. Only the plugin that is asked for is loaded.
 */
public interface CredentialStoreTypes {

  /**
   * The store of that name; empty if no plugin has it.
   *
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#PLUGIN} if the
   *     plugin that has it can't be loaded
   */
  Optional<CredentialStoreType> findStore(String name);

  /** The names of all stores, sorted. */
  List<String> storeNames();
}
