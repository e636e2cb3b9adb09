package dev.atmos.services.auth;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.integration.IntegrationResult;
import org.jspecify.annotations.Nullable;

/**
 * What became of one of several integrations.
 *
 * @param integration its name, spelt as in the configuration
 * @param result what was done; null if that failed
 * @param failure why it failed; null if it didn't. Its hint says what to do about it
 */
public record IntegrationOutcome(
    String integration, @Nullable IntegrationResult result, @Nullable AtmosException failure) {

  /**
   * @throws IllegalArgumentException if there is neither a result nor a failure, or both
   */
  public IntegrationOutcome {
    if ((result == null) == (failure == null)) {
      throw new IllegalArgumentException("either a result or a failure");
    }
  }
}
