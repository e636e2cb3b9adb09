package dev.atmos.plugin.auth;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.KindType;

/** An identity kind, such as {@code aws/user}: what a plugin adds to the {@code auth} section. */
public interface IdentityType extends KindType {

  /** What its {@code via} may name. */
  default Accepts accepts() {
    return Accepts.anything();
  }

  /**
   * Makes an identity of this kind, at most once per run and definition. Runs, reads and sends
   * nothing: that is for {@link Identity#grant}.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if a field is missing or wrong
   */
  Identity create(Definition definition, PluginContext context);
}
