package dev.atmos.plugin.auth;

import dev.atmos.plugin.PluginContext;

/** An identity kind, such as {@code aws/user}: what a plugin adds to the {@code auth} section. */
public interface IdentityType {

  /** The kind, as {@code auth.identities.<name>.kind} says it. */
  String kind();

  /**
   * Reads an identity of this kind.
   *
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if a field
   *     is missing or wrong
   */
  Identity create(IdentitySpec spec, PluginContext context);
}
