package dev.atmos.plugin.integration;

import java.util.List;

/**
 * One integration of the configuration. It plans first, which writes nothing, and atmos applies the
 * plan that it has shown.
 *
 * <p>An integration is created at most once per run and definition, and never closed. Its methods
 * may be called by different threads, one at a time. Different integrations may plan at the same
 * time, each in its own thread; their plans are applied one after the other, in the configuration's
 * order.
 */
public interface Integration {

  /**
   * Finds out what has to be done so that an identity can use it. May use the network, writes
   * nothing, and never prompts. The plan leaves out what is already as it should be.
   *
   * @throws dev.atmos.plugin.base.AtmosException if that can't be found out
   */
  IntegrationPlan setUp(IntegrationIdentity identity);

  /**
   * Plans to remove exactly what was set up for an identity, and nothing else. Uses no network and
   * needs no credentials.
   *
   * @param identity the identity's name, spelled as in the configuration
   * @throws dev.atmos.plugin.base.AtmosException if that can't be found out
   */
  IntegrationPlan undo(String identity);

  /**
   * Variables by which programs find what was set up for an identity; empty if they need none. Uses
   * no network and needs no credentials.
   *
   * @param identity the identity's name, spelled as in the configuration
   */
  List<IntegrationVariable> variables(String identity);

  /**
   * The command that sets up this integration alone, such as {@code atmos aws eks update-kubeconfig
   * --integration dev/eks}. Messages name it where a sign-in couldn't set the integration up. A
   * kind without such a command returns the sign-in: {@code atmos auth login --identity dev}.
   */
  String command();
}
