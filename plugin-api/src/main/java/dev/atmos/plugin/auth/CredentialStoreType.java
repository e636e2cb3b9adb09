package dev.atmos.plugin.auth;

import dev.atmos.plugin.PluginContext;

/** A kind of store that {@code auth.keyring.type} can name: what a plugin adds. */
public interface CredentialStoreType {

  /** The word of {@code auth.keyring.type}: lower-case letters, digits and dashes. */
  String name();

  /**
   * Makes a store. Its settings are what the configuration has below {@code auth.keyring.spec}.
   *
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if a
   *     setting is wrong
   */
  CredentialStore create(PluginContext context);
}
