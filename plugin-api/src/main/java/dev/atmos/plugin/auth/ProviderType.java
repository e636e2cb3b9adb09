package dev.atmos.plugin.auth;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.KindType;
import java.util.List;

/**
 * A provider kind, such as {@code aws/iam-identity-center}: what a plugin adds to the {@code auth}
 * section.
 */
public interface ProviderType extends KindType {

  /** The types of the grants that it gives; empty if they depend on the definition. */
  default List<String> grants() {
    return List.of();
  }

  /**
   * Makes a provider of this kind, at most once per run and definition. Runs, reads and sends
   * nothing: that is for {@link Provider#grant}.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if a field is missing or wrong
   */
  Provider create(Definition definition, PluginContext context);
}
