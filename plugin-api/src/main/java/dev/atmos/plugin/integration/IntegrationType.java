package dev.atmos.plugin.integration;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.KindType;

/** An integration kind, such as {@code aws/eks}: what a plugin adds to the {@code auth} section. */
public interface IntegrationType extends KindType {

  /**
   * Makes an integration of this kind, at most once per run and definition. Runs, reads and sends
   * nothing: that is for {@link Integration#setUp}.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if a field is missing or wrong
   */
  Integration create(Definition definition, PluginContext context);
}
