package dev.atmos.auth.model;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.kind.KindRegistry;
import dev.atmos.text.DisplayNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
      checkDashes(part);
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

  private void error(String path, Position position, String sentence, @Nullable String hint) {
    problems.add(ConfigProblem.error(path, position, sentence, hint));
  }

  private void checkDashes(AuthPart part) {
    for (AuthEntry entry : graph.entries(part)) {
      if (entry.name().startsWith("-")) {
        error(
            entry.path(),
            entry.position(),
            "the name of " + entry.described() + " begins with a dash as options do",
            "give it another name");
      }
    }
  }

  private void checkCase(AuthPart part) {
    Map<String, String> seen = new HashMap<>();
    for (AuthEntry entry : graph.entries(part)) {
      String other = seen.putIfAbsent(folded(entry.name()), entry.name());
      if (other != null) {
        error(
            entry.path(),
            entry.position(),
            part.key()
                + " "
                + DisplayNames.quoted(other)
                + " and "
                + DisplayNames.quoted(entry.name())
                + " differ in case only",
            "give one of them another name");
      }
    }
  }

  private void checkAliases() {
    Map<String, String> names = new HashMap<>();
    for (AuthEntry identity : graph.entries(AuthPart.IDENTITIES)) {
      names.putIfAbsent(folded(identity.name()), identity.name());
    }
    Map<String, String> aliases = new HashMap<>();
    for (AuthEntry identity : graph.entries(AuthPart.IDENTITIES)) {
      ConfigText alias = identity.alias();
      if (alias == null) {
        continue;
      }
      String named = names.get(folded(alias.text()));
      String other = aliases.putIfAbsent(folded(alias.text()), identity.name());
      String clash = null;
      if (named != null && !named.equalsIgnoreCase(identity.name())) {
        clash = " is the name of " + AuthPart.IDENTITIES.described(named);
      } else if (other != null) {
        clash = " is also that of " + AuthPart.IDENTITIES.described(other);
      }
      if (clash != null) {
        error(
            identity.path(AuthFields.ALIAS),
            alias.position(),
            "alias " + DisplayNames.quoted(alias.shown()) + " of " + identity.described() + clash,
            "give it another alias");
      }
    }
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void checkDefaults() {
    List<AuthEntry> defaults = graph.defaults();
    if (defaults.size() > 1) {
      AuthEntry second = defaults.get(1);
      error(
          second.path(AuthFields.DEFAULT),
          second.position(),
          "several identities say default: true: " + DisplayNames.list(AuthEntry.names(defaults)),
          "leave default: true with one of them");
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
    String path = first.path(AuthFields.KIND);
    Position position = first.kindPosition();
    if (first.isSupplied()) {
      problems.add(
          ConfigProblem.warning(
              path, position, failing(part, kind), "see: atmos --logs-level Debug"));
      return;
    }
    String more = those.size() == 1 ? "" : " (and " + (those.size() - 1) + " more)";
    String subject = "kind " + DisplayNames.quoted(kind) + " of " + first.described() + more;
    Optional<AuthPart> elsewhere = KindCatalog.elsewhere(kinds, part, kind);
    Optional<String> question = KindCatalog.question(kinds, part, kind);
    if (elsewhere.isPresent()) {
      error(
          path,
          position,
          subject + " is a kind of " + elsewhere.get().key(),
          "known: " + DisplayNames.list(part.kinds(kinds).names()));
    } else if (question.isPresent()) {
      error(path, position, subject + " is not known", question.get());
    } else {
      problems.add(
          ConfigProblem.warning(
              path,
              position,
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
}
