package dev.atmos.auth;

import dev.atmos.auth.config.AuthGraph;
import dev.atmos.auth.config.IntegrationDefinition;
import dev.atmos.auth.config.Keys;
import dev.atmos.auth.config.Kinds;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Problem;
import dev.atmos.plugin.config.ShapeCheck;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationSpec;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
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
        "unknown integration " + DisplayNames.quoted(wanted) + ": no integrations are configured",
        "they are configured below auth.integrations of atmos.yaml");
  }

  static AtmosException unknown(String wanted, List<String> names) {
    List<String> nearest = NearestNames.of(wanted, names);
    return new AtmosException(
        ExitCode.USAGE,
        "unknown integration " + DisplayNames.quoted(wanted),
        nearest.isEmpty()
            ? "configured: " + DisplayNames.list(names)
            : "did you mean " + DisplayNames.alternatives(nearest) + "?");
  }

  static AtmosException ambiguous(String wanted, List<IntegrationDefinition> found) {
    List<String> names = new ArrayList<>();
    for (IntegrationDefinition integration : found) {
      names.add(integration.name());
    }
    return new AtmosException(
        ExitCode.USAGE,
        "integration "
            + DisplayNames.quoted(wanted)
            + " could be any of "
            + DisplayNames.list(names),
        "choose one, spelt as in the configuration");
  }

  /** Nobody's: its link is wrong, or it has none. */
  static AtmosException withoutParent(IntegrationDefinition integration, AuthGraph graph) {
    String path =
        ShapeCheck.path(
            ShapeCheck.path(Keys.AUTH + "." + Keys.INTEGRATIONS, integration.name()), Keys.VIA);
    for (Problem problem : graph.problems()) {
      if (problem.path().startsWith(path)) {
        return problem.failure();
      }
    }
    return at(
        integration.position(),
        ExitCode.USAGE,
        "integration "
            + DisplayNames.quoted(integration.name())
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
              + DisplayNames.quoted(spec.name())
              + " is of kind "
              + kind
              + ", which this version of atmos can't set up yet",
          "kinds that it can: " + DisplayNames.list(kinds));
    }
    List<String> candidates = new ArrayList<>(kinds);
    candidates.addAll(Kinds.INTEGRATIONS);
    List<String> nearest = NearestNames.of(kind, candidates);
    String hint = Kinds.bringer(kind);
    if (hint == null) {
      hint =
          nearest.isEmpty()
              ? "kinds that are supplied: " + DisplayNames.list(kinds)
              : "did you mean " + DisplayNames.alternatives(nearest) + "?";
    }
    return at(
        position,
        ExitCode.PLUGIN,
        "no plugin supplies kind "
            + DisplayNames.quoted(kind)
            + " of integration "
            + DisplayNames.quoted(spec.name()),
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
        "integration " + DisplayNames.quoted(name) + " is not set up: " + reason,
        fix,
        failure);
  }

  private static AtmosException at(
      Position position, ExitCode exitCode, String problem, String hint) {
    return new AtmosException(
        exitCode, position + ": " + problem + "\n" + position.excerpt(), hint);
  }
}
