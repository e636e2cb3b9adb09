package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.text.DisplayNames;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said where an integration can't be found or used. */
final class IntegrationFailures {
  private IntegrationFailures() {}

  /** No integration has a name, or several could be meant by it. */
  static AtmosException notFound(String wanted, List<AuthEntry> all, List<AuthEntry> found) {
    if (wanted.isEmpty()) {
      return new AtmosException(
          ExitCode.USAGE, "the integration has no name", "see: atmos auth list");
    }
    String quoted = DisplayNames.quoted(wanted);
    List<String> names = all.stream().map(AuthEntry::name).toList();
    if (names.isEmpty()) {
      return new AtmosException(
          ExitCode.USAGE,
          "unknown integration " + quoted + ": no integrations are configured",
          "they are configured below auth.integrations of atmos.yaml");
    }
    if (found.isEmpty()) {
      return new AtmosException(
          ExitCode.USAGE,
          "unknown integration " + quoted,
          ChainFailures.hint(wanted, names, names));
    }
    return new AtmosException(
        ExitCode.USAGE,
        "integration "
            + quoted
            + " could be any of "
            + DisplayNames.list(found.stream().map(AuthEntry::name).toList()),
        "choose one, spelled as in the configuration");
  }

  /** Its link is wrong, or it has none. */
  static AtmosException withoutParent(AuthEntry integration) {
    if (integration.brokenLink().isPresent()) {
      return integration.brokenLink().get().failure();
    }
    Position position = integration.position();
    return new AtmosException(
        ExitCode.USAGE,
        position
            + ": integration "
            + DisplayNames.quoted(integration.name())
            + " doesn't say whose credentials it is set up with\n"
            + position.excerpt(),
        "add: via: {identity: NAME}");
  }

  /** The sign-in went well, and this did not. */
  static AtmosException notSetUp(
      String name, @Nullable AtmosException failure, @Nullable Integration integration) {
    String reason = failure == null ? "it failed" : failure.sentence();
    Optional<String> hint = failure == null ? Optional.empty() : failure.hint();
    String fix = null;
    if (hint.isPresent()) {
      fix = hint.get();
    } else if (integration != null) {
      fix = "to try again: " + integration.command();
    }
    return new AtmosException(
        failure == null ? ExitCode.FAILED : failure.exitCode(),
        "integration " + DisplayNames.quoted(name) + " is not set up: " + reason,
        fix,
        failure);
  }
}
