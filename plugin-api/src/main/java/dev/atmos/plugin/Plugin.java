package dev.atmos.plugin;

import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.base.ApiVersion;
import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.integration.IntegrationType;
import java.util.List;

/**
 * What one plugin adds to atmos. The host finds it through {@link java.util.ServiceLoader}; the
 * class needs a public constructor without parameters.
 *
 * <p>The plugin's jar also has {@code META-INF/atmos/plugin.properties}, which says the same
 * without code: dispatch, help and completion read only that, so that no class of a plugin is
 * loaded before one of its commands or kinds is used. The host never asks for something that the
 * metadata doesn't name. Its keys:
 *
 * <ul>
 *   <li>{@code id}: lower-case letters, digits and dashes;
 *   <li>{@code version}: the plugin's own;
 *   <li>{@code api}: the {@link ApiVersion} that it was built against, {@code major.minor};
 *   <li>{@code class}: the name of the class that implements this interface;
 *   <li>{@code command.<words joined by dots>}: the one-line summary of a command;
 *   <li>{@code group.<words joined by dots>}: the one-line summary of a group of commands;
 *   <li>{@code providers}: provider kinds, separated by commas;
 *   <li>{@code identities}: identity kinds, separated by commas;
 *   <li>{@code integrations}: integration kinds, separated by commas;
 *   <li>{@code stores}: credential stores, separated by commas;
 *   <li>{@code sections}: top-level sections of {@code atmos.yaml} that the plugin reads, separated
 *       by commas.
 * </ul>
 *
 * <p>The host makes one object per run and never closes it. Its methods may be called several times
 * and by several threads; each call returns at once, and reads, runs and sends nothing. An
 * exception of a plugin ends the command that used the plugin, with a message that names it, and no
 * other command.
 */
public interface Plugin {

  /** The commands that this plugin adds. None is built before it is addressed. */
  default List<PluginCommand> commands() {
    return List.of();
  }

  /** The provider kinds ({@code auth.providers.<name>.kind}) that this plugin can sign in with. */
  default List<ProviderType> providers() {
    return List.of();
  }

  /** The identity kinds ({@code auth.identities.<name>.kind}) that this plugin can resolve. */
  default List<IdentityType> identities() {
    return List.of();
  }

  /** The credential stores ({@code auth.keyring.type}) that this plugin can keep credentials in. */
  default List<CredentialStoreType> stores() {
    return List.of();
  }

  /** The integration kinds ({@code auth.integrations.<name>.kind}) that this plugin can set up. */
  default List<IntegrationType> integrations() {
    return List.of();
  }

  /**
   * The top-level sections of {@code atmos.yaml} that this plugin reads, so that they can be
   * checked, shown and completed.
   */
  default List<ConfigSection> sections() {
    return List.of();
  }
}
