package dev.atmos.plugin.integration;

import java.util.List;

/** What an integration is about to do. Used by one thread at a time. */
public interface IntegrationPlan {

  /**
   * What would be done, one change per line, as for a dry run; empty if everything is as it should
   * be.
   */
  List<String> changes();

  /**
   * Does it, at most once. If something has changed since the plan was made, it still reaches the
   * state that was planned.
   *
   * @throws dev.atmos.plugin.base.AtmosException if it can't be done
   */
  IntegrationResult apply();
}
