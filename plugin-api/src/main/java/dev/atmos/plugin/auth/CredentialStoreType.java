package dev.atmos.plugin.auth;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.KindType;

/**
 * A kind of store for the credentials of sign-ins, as {@code auth.keyring.type} names it:
 * lower-case letters, digits and dashes. Its schema is that of {@code auth.keyring.spec}.
 */
public interface CredentialStoreType extends KindType {

  /**
   * Makes a store, at most once per run. Opens nothing: that is for the store's methods.
   *
   * @param settings {@code auth.keyring.spec} of the configuration; without fields if it has none
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if a setting is wrong
   */
  CredentialStore create(Definition settings, PluginContext context);
}
