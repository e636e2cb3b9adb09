package dev.atmos.plugin.auth;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.KindType;
import java.util.Map;

/** An identity kind, such as {@code aws/user}: what a plugin adds to the {@code auth} section. */
public interface IdentityType extends KindType {

  /** What its {@code via} may name. */
  default Accepts accepts() {
    return Accepts.anything();
  }

  /**
   * What is wrong with a definition because of the definition that its {@code via} names: sentences
   * by the paths of the fields that they are about. For {@code auth validate}; the definition may
   * be incomplete.
   *
   * @param before the kind of what {@code via} names
   */
  default Map<String, String> problemsBehind(Definition definition, KindType before) {
    return Map.of();
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
