package dev.atmos.auth.config;

import dev.atmos.plugin.config.Problem;
import dev.atmos.plugin.config.ShapeCheck;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the kinds that nothing supplies. That is a warning, once for each kind, because a plugin
 * may bring it, and because nobody has to use what is configured; a kind that is nearly a known one
 * is an error.
 */
public final class KindCheck {
  private final List<Problem> problems = new ArrayList<>();

  private KindCheck() {}

  /**
   * What is wrong with the kinds of a configuration.
   *
   * @param supplied the kinds of identities that plugins supply
   * @param suppliedIntegrations the kinds of integrations that plugins supply
   */
  public static List<Problem> check(
      AuthConfig config, List<String> supplied, List<String> suppliedIntegrations) {
    KindCheck check = new KindCheck();
    Set<String> identities = new LinkedHashSet<>(Kinds.IDENTITIES);
    identities.addAll(supplied);
    Set<String> integrations = new LinkedHashSet<>(Kinds.INTEGRATIONS);
    integrations.addAll(suppliedIntegrations);
    check.section(
        Keys.PROVIDERS,
        "provider",
        List.copyOf(config.providers().values()),
        Kinds.PROVIDERS,
        Kinds.FOREIGN_PROVIDERS);
    check.section(
        Keys.IDENTITIES,
        "identity",
        List.copyOf(config.identities().values()),
        List.copyOf(identities),
        Kinds.FOREIGN_IDENTITIES);
    check.notYet(List.copyOf(config.identities().values()), supplied);
    check.section(
        Keys.INTEGRATIONS,
        "integration",
        List.copyOf(config.integrations().values()),
        List.copyOf(integrations),
        Kinds.FOREIGN_INTEGRATIONS);
    return List.copyOf(check.problems);
  }

  private void section(
      String section,
      String what,
      List<? extends Definition> definitions,
      List<String> known,
      List<String> foreign) {
    for (Map.Entry<String, List<Definition>> each : byKind(definitions).entrySet()) {
      String kind = each.getKey();
      List<Definition> those = each.getValue();
      if (kind.isEmpty() || known.contains(kind)) {
        continue;
      }
      String said = "kind " + DisplayNames.quoted(kind) + " of " + named(what, those);
      if (foreign.contains(kind)) {
        warning(section, those, "no plugin supplies " + said, Kinds.bringer(kind));
        continue;
      }
      String elsewhere = elsewhere(kind, section);
      List<String> candidates = new ArrayList<>(known);
      candidates.addAll(foreign);
      List<String> nearest = NearestNames.of(kind, candidates);
      if (elsewhere != null) {
        error(section, those, said + " is a kind of " + elsewhere, known(known));
      } else if (!nearest.isEmpty()) {
        error(
            section,
            those,
            said + " is not known",
            "did you mean " + DisplayNames.alternatives(nearest) + "?");
      } else {
        warning(section, those, "no plugin supplies " + said, known(known));
      }
    }
  }

  private void notYet(List<? extends Definition> definitions, List<String> supplied) {
    for (Map.Entry<String, List<Definition>> each : byKind(definitions).entrySet()) {
      String kind = each.getKey();
      if (Kinds.IDENTITIES.contains(kind) && !supplied.contains(kind)) {
        warning(
            Keys.IDENTITIES,
            each.getValue(),
            named("identity", each.getValue()) + " is of kind " + kind + Kinds.NOT_YET,
            null);
      }
    }
  }

  private static Map<String, List<Definition>> byKind(List<? extends Definition> definitions) {
    Map<String, List<Definition>> byKind = new LinkedHashMap<>();
    for (Definition definition : definitions) {
      byKind.computeIfAbsent(definition.kind(), kind -> new ArrayList<>()).add(definition);
    }
    return byKind;
  }

  private static @Nullable String elsewhere(String kind, String section) {
    if (!section.equals(Keys.PROVIDERS) && Kinds.PROVIDERS.contains(kind)) {
      return Keys.PROVIDERS;
    }
    if (!section.equals(Keys.IDENTITIES) && Kinds.IDENTITIES.contains(kind)) {
      return Keys.IDENTITIES;
    }
    if (!section.equals(Keys.INTEGRATIONS) && Kinds.INTEGRATIONS.contains(kind)) {
      return Keys.INTEGRATIONS;
    }
    return null;
  }

  private static String known(List<String> kinds) {
    return "known: " + DisplayNames.list(kinds);
  }

  private static String named(String what, List<Definition> definitions) {
    String first = what + " " + DisplayNames.quoted(definitions.get(0).name());
    int more = definitions.size() - 1;
    return more == 0 ? first : first + " (and " + more + " more)";
  }

  private void error(
      String section, List<Definition> definitions, String sentence, @Nullable String hint) {
    Definition first = definitions.get(0);
    problems.add(Problem.error(path(section, first), first.kindPosition(), sentence, hint));
  }

  private void warning(
      String section, List<Definition> definitions, String sentence, @Nullable String hint) {
    Definition first = definitions.get(0);
    problems.add(Problem.warning(path(section, first), first.kindPosition(), sentence, hint));
  }

  private static String path(String section, Definition definition) {
    String path = ShapeCheck.path(ShapeCheck.path(Keys.AUTH, section), definition.name());
    return ShapeCheck.path(path, Keys.KIND);
  }
}
