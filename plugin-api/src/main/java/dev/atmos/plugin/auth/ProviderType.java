package dev.atmos.plugin.auth;

import dev.atmos.plugin.PluginContext;

/**
 * A provider kind, such as {@code aws/iam-identity-center}: what a plugin adds to the {@code auth}
 * section.
 */
public interface ProviderType {

  /** The kind, as {@code auth.providers.<name>.kind} says it. */
  String kind();

  /**
   * Reads a provider of this kind.
   *
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if a field
   *     is missing or wrong
   */
  Provider create(ProviderSpec spec, PluginContext context);
}
