package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthPart;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.services.auth.IntegrationOutcome;
import org.jspecify.annotations.Nullable;

/** Failures of integrations that can't be used. */
final class IntegrationFailures {
  private IntegrationFailures() {}

  /** The sign-in went well, and this did not. */
  static IntegrationOutcome notSetUp(
      String name, AtmosException failure, @Nullable Integration integration) {
    String hint = integration == null ? null : "to try again: " + integration.command();
    return new IntegrationOutcome(
        name,
        null,
        new AtmosException(
            failure.exitCode(),
            AuthPart.INTEGRATIONS.described(name) + " is not set up: " + failure.sentence(),
            failure.hint().orElse(hint),
            failure));
  }
}
