package dev.atmos.auth.model;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.kind.KindRegistry;
import dev.atmos.text.DisplayNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks the names, aliases, defaults and kinds of definitions. */
final class NameCheck {
  private final AuthGraph graph;
  private final KindRegistry kinds;
  private final List<ConfigProblem> problems;

  NameCheck(AuthGraph graph, KindRegistry kinds, List<ConfigProblem> problems) {
    this.graph = graph;
    this.kinds = kinds;
    this.problems = problems;
  }

  void checkNames() {
    for (AuthPart part : AuthPart.values()) {
      checkCase(part);
    }
    checkAliases();
    checkDefaults();
  }

  void checkKinds() {
    for (AuthPart part : AuthPart.values()) {
      checkKinds(part);
    }
  }

  private void checkCase(AuthPart part) {
    Map<String, String> seen = new LinkedHashMap<>();
    for (AuthEntry entry : graph.entries(part)) {
      String other = seen.putIfAbsent(entry.name().toLowerCase(Locale.ROOT), entry.name());
      if (other != null) {
        problems.add(
            ConfigProblem.error(
                AuthGraph.path(part, entry.name()),
                entry.position(),
                part.key()
                    + " "
                    + DisplayNames.quoted(other)
                    + " and "
                    + DisplayNames.quoted(entry.name())
                    + " differ in case only",
                "give one of them another name"));
      }
    }
  }

  private void checkAliases() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : names(AuthPart.IDENTITIES)) {
      names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    }
    Map<String, String> aliases = new LinkedHashMap<>();
    for (AuthEntry identity : graph.entries(AuthPart.IDENTITIES)) {
      ConfigText alias = identity.alias();
      if (alias == null) {
        continue;
      }
      String folded = alias.text().toLowerCase(Locale.ROOT);
      String named = names.get(folded);
      String other = aliases.putIfAbsent(folded, identity.name());
      String subject =
          "alias " + DisplayNames.quoted(alias.text()) + " of identity " + quoted(identity);
      String sentence = null;
      if (named != null && !named.equalsIgnoreCase(identity.name())) {
        sentence = subject + " is the name of identity " + DisplayNames.quoted(named);
      } else if (other != null) {
        sentence = subject + " is also that of identity " + DisplayNames.quoted(other);
      }
      if (sentence != null) {
        problems.add(
            ConfigProblem.error(
                SchemaCheck.path(
                    AuthGraph.path(AuthPart.IDENTITIES, identity.name()), AuthFields.ALIAS),
                alias.position(),
                sentence,
                "give it another alias"));
      }
    }
  }

  private void checkDefaults() {
    List<AuthEntry> defaults = graph.defaults();
    if (defaults.size() > 1) {
      AuthEntry second = defaults.get(1);
      problems.add(
          ConfigProblem.error(
              SchemaCheck.path(
                  AuthGraph.path(AuthPart.IDENTITIES, second.name()), AuthFields.DEFAULT),
              second.position(),
              "several identities say default: true: "
                  + DisplayNames.list(defaults.stream().map(AuthEntry::name).toList()),
              "leave default: true with one of them"));
    }
  }

  /** A kind that nothing supplies is reported once; one that is nearly a known one is an error. */
  private void checkKinds(AuthPart part) {
    Map<String, List<AuthEntry>> byKind = new LinkedHashMap<>();
    for (AuthEntry entry : graph.entries(part)) {
      if (!entry.kind().isEmpty() && entry.type().isEmpty()) {
        byKind.computeIfAbsent(entry.kind(), kind -> new ArrayList<>()).add(entry);
      }
    }
    byKind.forEach((kind, those) -> checkKind(part, kind, those));
  }

  private void checkKind(AuthPart part, String kind, List<AuthEntry> those) {
    AuthEntry first = those.get(0);
    String more = those.size() == 1 ? "" : " (and " + (those.size() - 1) + " more)";
    String path = SchemaCheck.path(AuthGraph.path(part, first.name()), AuthFields.KIND);
    AuthPart elsewhere = KindCatalog.elsewhere(kinds, part, kind);
    if (first.isSupplied()) {
      problems.add(
          ConfigProblem.warning(
              path, first.kindPosition(), failing(part, kind), "see: atmos --logs-level Debug"));
      return;
    }
    List<String> nearest =
        KindCatalog.has(kind) ? List.of() : KindCatalog.nearest(kinds, part, kind);
    String subject =
        "kind " + DisplayNames.quoted(kind) + " of " + part.singular() + " " + quoted(first) + more;
    if (elsewhere != null) {
      problems.add(
          ConfigProblem.error(
              path,
              first.kindPosition(),
              subject + " is a kind of " + elsewhere.key(),
              "known: " + DisplayNames.list(part.kinds(kinds).names())));
    } else if (!nearest.isEmpty()) {
      problems.add(
          ConfigProblem.error(
              path,
              first.kindPosition(),
              subject + " is not known",
              "did you mean " + DisplayNames.alternatives(nearest) + "?"));
    } else {
      problems.add(
          ConfigProblem.warning(
              path,
              first.kindPosition(),
              KindCatalog.sentence(part, first.name(), kind) + more,
              KindCatalog.hint(kinds, part, kind)));
    }
  }

  /** Which plugin fails, in its own words. */
  private String failing(AuthPart part, String kind) {
    try {
      AuthSchema.load(part.kinds(kinds), kind);
      return "the plugin that supplies kind " + DisplayNames.quoted(kind) + " fails";
    } catch (AtmosException e) {
      return e.sentence();
    }
  }

  private List<String> names(AuthPart part) {
    return graph.entries(part).stream().map(AuthEntry::name).toList();
  }

  private static String quoted(AuthEntry entry) {
    return DisplayNames.quoted(entry.name());
  }
}
