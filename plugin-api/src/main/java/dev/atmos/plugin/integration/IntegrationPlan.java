package dev.atmos.plugin.integration;

import java.util.List;

/** What an integration is about to do. */
public interface IntegrationPlan {

  /**
   * What would be done, a change in each line, as for a dry run; empty where everything is as it
   * should be.
   */
  List<String> changes();

  /**
   * Does it. Where the world has changed since it was planned, what is done is what the plan was
   * for.
   *
   * @throws dev.atmos.plugin.base.AtmosException if that can't be done
   */
  IntegrationResult apply();
}
