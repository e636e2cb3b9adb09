package dev.atmos.plugin.integration;

import java.util.List;

/**
 * One integration of the configuration. It plans first, which writes nothing, and the plan that is
 * shown is the plan that is carried out. Several integrations may plan at the same time, in threads
 * of their own; plans are carried out one after the other, in the configuration's order.
 */
public interface Integration {

  /**
   * Finds out what has to be done so that an identity can use it: may ask the network, writes
   * nothing, and never prompts. What is as it should be is no part of the plan.
   *
   * @throws dev.atmos.plugin.base.AtmosException if that can't be found out
   */
  IntegrationPlan setUp(IntegrationIdentity identity);

  /**
   * What was set up for an identity, to be taken away again: exactly that, and nothing of anybody
   * else's. Asks no network and needs no credentials.
   *
   * @param identity the identity's name, spelt as in the configuration
   * @throws dev.atmos.plugin.base.AtmosException if that can't be found out
   */
  IntegrationPlan undo(String identity);

  /**
   * Variables by which programs find what was set up for an identity; none where they find it
   * without. Asks no network and needs no credentials.
   *
   * @param identity the identity's name, spelt as in the configuration
   */
  List<IntegrationVariable> variables(String identity);

  /**
   * The command that sets it up by itself, such as {@code atmos aws eks update-kubeconfig
   * --integration dev/eks}: what a user is told to type where a sign-in couldn't do it.
   */
  String command();
}
