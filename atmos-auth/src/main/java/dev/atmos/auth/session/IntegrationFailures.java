package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.services.auth.IntegrationOutcome;
import dev.atmos.services.config.ConfigProblem;
import org.jspecify.annotations.Nullable;

/** Failures of integrations that can't be found or used. */
final class IntegrationFailures {
  private IntegrationFailures() {}

  /** Its link is wrong, or it has none. */
  static AtmosException withoutParent(AuthEntry integration) {
    return integration
        .brokenLink()
        .orElse(
            ConfigProblem.error(
                AuthPart.INTEGRATIONS.path(integration.name()),
                integration.position(),
                AuthPart.INTEGRATIONS.described(integration.name())
                    + " doesn't say whose credentials it is set up with",
                "add: via: {identity: NAME}"))
        .failure();
  }

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
