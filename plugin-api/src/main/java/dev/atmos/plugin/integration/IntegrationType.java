package dev.atmos.plugin.integration;

import dev.atmos.plugin.PluginContext;

/** An integration kind, such as {@code aws/eks}: what a plugin adds to the {@code auth} section. */
public interface IntegrationType {

  /** The kind, as {@code auth.integrations.<name>.kind} says it. */
  String kind();

  /**
   * Reads an integration of this kind. Asks nobody and writes nothing.
   *
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if a field
   *     is missing or wrong
   */
  Integration create(IntegrationSpec spec, PluginContext context);
}
