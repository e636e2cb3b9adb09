package dev.atmos.auth;

import dev.atmos.auth.config.AuthGraph;
import dev.atmos.auth.config.IntegrationDefinition;
import dev.atmos.auth.config.Keys;
import dev.atmos.auth.config.Kinds;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.NearestNames;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said where an integration can't be found or used. */
final class IntegrationFailures {
  private IntegrationFailures() {}

  static AtmosException emptyName() {
    return new AtmosException(
        ExitCode.USAGE, "the integration has no name", "see: atmos auth list");
  }

  static AtmosException noneConfigured(String wanted) {
    return new AtmosException(
        ExitCode.USAGE,
        "unknown integration " + Words.quoted(wanted) + ": no integrations are configured",
        "they are configured below auth.integrations of atmos.yaml");
  }

  static AtmosException unknown(String wanted, List<String> names) {
    List<String> nearest = NearestNames.of(wanted, names);
    return new AtmosException(
        ExitCode.USAGE,
        "unknown integration " + Words.quoted(wanted),
        nearest.isEmpty()
            ? "configured: " + Words.list(names)
            : "did you mean " + Words.alternatives(nearest) + "?");
  }

  static AtmosException ambiguous(String wanted, List<IntegrationDefinition> found) {
    List<String> names = new ArrayList<>();
    for (IntegrationDefinition integration : found) {
      names.add(integration.name());
    }
    return new AtmosException(
        ExitCode.USAGE,
        "integration " + Words.quoted(wanted) + " could be any of " + Words.list(names),
        "choose one, spelt as in the configuration");
  }

  /** Nobody's: its link is wrong, or it has none. */
  static AtmosException withoutParent(IntegrationDefinition integration, AuthGraph graph) {
    String path =
        SchemaCheck.path(
            SchemaCheck.path(Keys.AUTH + "." + Keys.INTEGRATIONS, integration.name()), Keys.VIA);
    for (ConfigProblem problem : graph.problems()) {
      if (problem.path().startsWith(path)) {
        return problem.failure();
      }
    }
    return at(
        integration.position(),
        ExitCode.USAGE,
        "integration "
            + Words.quoted(integration.name())
            + " doesn't say whose credentials it is set up with",
        "add: via: {identity: NAME}");
  }

  static AtmosException noPlugin(IntegrationSpec spec, List<String> kinds) {
    String kind = spec.kind();
    Position position = spec.fields().positionOf(Keys.KIND);
    if (Kinds.INTEGRATIONS.contains(kind)) {
      return at(
          position,
          ExitCode.PLUGIN,
          "integration "
              + Words.quoted(spec.name())
              + " is of kind "
              + kind
              + ", which this version of atmos can't set up yet",
          "kinds that it can: " + Words.list(kinds));
    }
    List<String> candidates = new ArrayList<>(kinds);
    candidates.addAll(Kinds.INTEGRATIONS);
    List<String> nearest = NearestNames.of(kind, candidates);
    String hint = Kinds.bringer(kind);
    if (hint == null) {
      hint =
          nearest.isEmpty()
              ? "kinds that are supplied: " + Words.list(kinds)
              : "did you mean " + Words.alternatives(nearest) + "?";
    }
    return at(
        position,
        ExitCode.PLUGIN,
        "no plugin supplies kind "
            + Words.quoted(kind)
            + " of integration "
            + Words.quoted(spec.name()),
        hint);
  }

  /** A sign-in has gone well, and this has not. */
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
        "integration " + Words.quoted(name) + " is not set up: " + reason,
        fix,
        failure);
  }

  private static AtmosException at(
      Position position, ExitCode exitCode, String problem, String hint) {
    return new AtmosException(
        exitCode, position + ": " + problem + "\n" + position.excerpt(), hint);
  }
}
