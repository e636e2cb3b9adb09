package dev.atmos.auth.model;

import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.kind.KindRegistry;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Follows every {@code via}, and says which links can't be used and why. */
final class LinkResolver {
  private final AuthGraph graph;
  private final KindRegistry kinds;
  private final List<ConfigProblem> problems;

  LinkResolver(AuthGraph graph, KindRegistry kinds, List<ConfigProblem> problems) {
    this.graph = graph;
    this.kinds = kinds;
    this.problems = problems;
  }

  void resolve() {
    for (AuthEntry identity : graph.entries(AuthPart.IDENTITIES)) {
      link(identity);
    }
    cutCircles();
    for (AuthEntry integration : graph.entries(AuthPart.INTEGRATIONS)) {
      link(integration);
    }
  }

  private void link(AuthEntry entry) {
    Accepts accepts =
        entry.type().orElse(null) instanceof IdentityType type
            ? type.accepts()
            : Accepts.anything();
    ConfigMap.Entry written = entry.fields().entries().get(AuthFields.VIA);
    boolean isWritten = written != null && says(written.value());
    if (written != null && !accepts.takesProviders() && !accepts.takesIdentities()) {
      // To the schema it is but an unknown key.
      problems.removeIf(problem -> problem.path().equals(viaPath(entry)));
      entry.link(null, isWritten ? refused(entry, written) : null);
      return;
    }
    Via via = entry.via();
    if (via == null) {
      ConfigProblem wrong = isWritten ? wrongVia(entry) : missingVia(entry, accepts);
      entry.link(null, wrong);
      return;
    }
    List<AuthEntry> found = graph.find(via.part(), via.name());
    if (found.size() != 1) {
      ConfigProblem problem = unresolved(entry, via, found);
      problems.add(problem);
      entry.link(
          new ResolvedVia(
              via, found.isEmpty() ? ResolvedVia.State.MISSING : ResolvedVia.State.AMBIGUOUS, null),
          problem);
      return;
    }
    AuthEntry target = found.get(0);
    String mismatch = mismatch(accepts, target);
    if (mismatch == null) {
      entry.link(new ResolvedVia(via, ResolvedVia.State.SOUND, target), null);
      return;
    }
    ConfigProblem problem =
        ConfigProblem.error(
            viaPath(entry, via),
            via.position(),
            subject(entry) + ", which needs " + mismatch,
            null);
    problems.add(problem);
    entry.link(new ResolvedVia(via, ResolvedVia.State.REFUSED, target), problem);
  }

  private ConfigProblem refused(AuthEntry entry, ConfigMap.Entry written) {
    ConfigProblem problem =
        ConfigProblem.error(
            viaPath(entry),
            written.keyPosition(),
            subject(entry) + ", which takes no 'via'",
            "take it out");
    problems.add(problem);
    return problem;
  }

  private static String viaPath(AuthEntry entry) {
    return SchemaCheck.path(AuthGraph.path(entry.part(), entry.name()), AuthFields.VIA);
  }

  /**
   * What is wrong with a link that names both or is made by a tag; null where that was reported.
   */
  private @Nullable ConfigProblem wrongVia(AuthEntry entry) {
    String path = viaPath(entry);
    ConfigValue via = StaticValues.value(entry.fields(), AuthFields.VIA);
    for (String key : List.of(AuthFields.PROVIDER, AuthFields.IDENTITY)) {
      ConfigMap.Entry link = via instanceof ConfigMap map ? map.entries().get(key) : null;
      if (link != null && SchemaCheck.isDeferred(link.value())) {
        ConfigProblem problem =
            ConfigProblem.error(
                SchemaCheck.path(path, key),
                link.value().position(),
                "'" + key + "' must be written as it is, and not be made by a tag",
                null);
        problems.add(problem);
        return problem;
      }
    }
    for (ConfigProblem error : entry.errors()) {
      if (error.path().startsWith(path)) {
        return error;
      }
    }
    if (!(via instanceof ConfigMap)) {
      return null;
    }
    ConfigProblem problem =
        ConfigProblem.error(
            path,
            entry.fields().positionOf(AuthFields.VIA),
            "'via' names both a provider and an identity",
            "leave one of them");
    problems.add(problem);
    return problem;
  }

  private @Nullable ConfigProblem missingVia(AuthEntry entry, Accepts accepts) {
    if (entry.part() == AuthPart.INTEGRATIONS) {
      // The schema has reported it.
      return entry.errors().stream()
          .filter(error -> error.path().endsWith("." + AuthFields.VIA))
          .findFirst()
          .orElse(null);
    }
    if (!accepts.isRequired()) {
      return null;
    }
    String needed =
        accepts.takesProviders()
            ? accepts.takesIdentities() ? "a provider or an identity" : "a provider"
            : "an identity";
    ConfigProblem problem =
        ConfigProblem.error(
            AuthGraph.path(AuthPart.IDENTITIES, entry.name()),
            entry.position(),
            subject(entry) + ", which needs 'via' with " + needed,
            accepts.takesProviders() ? "add: via: {provider: NAME}" : "add: via: {identity: NAME}");
    if (!entry.isBroken()) {
      problems.add(problem);
    }
    return problem;
  }

  /** Why a kind can't go through a definition; null if it can, or if that isn't known. */
  private @Nullable String mismatch(Accepts accepts, AuthEntry target) {
    if (target.part() == AuthPart.IDENTITIES) {
      return accepts.takesIdentities()
          ? null
          : "a provider in 'via', and " + quoted(target) + " is an identity";
    }
    if (!accepts.takesProviders()) {
      return "an identity in 'via', and " + quoted(target) + " is a provider";
    }
    if (!(target.type().orElse(null) instanceof ProviderType type)
        || accepts.grants().isEmpty()
        || type.grants().isEmpty()
        || !Collections.disjoint(accepts.grants(), type.grants())) {
      return null;
    }
    List<String> fitting = fitting(accepts.grants());
    return (fitting.isEmpty()
            ? "a provider that gives " + DisplayNames.alternatives(accepts.grants())
            : "a provider of kind " + DisplayNames.alternatives(fitting))
        + ", and "
        + quoted(target)
        + " is of kind "
        + target.kind();
  }

  /** The provider kinds that give one of these grants. No plugin is loaded to find out. */
  private List<String> fitting(List<String> grants) {
    Map<String, KindType> known = new TreeMap<>();
    for (String kind : kinds.providers().builtInNames()) {
      kinds.providers().find(kind).ifPresent(type -> known.put(kind, type));
    }
    for (AuthEntry provider : graph.entries(AuthPart.PROVIDERS)) {
      provider.type().ifPresent(type -> known.put(type.kind(), type));
    }
    List<String> fitting = new ArrayList<>();
    known.forEach((kind, each) -> {
      if (each instanceof ProviderType type && !Collections.disjoint(grants, type.grants())) {
        fitting.add(kind);
      }
    });
    return fitting;
  }

  private ConfigProblem unresolved(AuthEntry entry, Via via, List<AuthEntry> found) {
    String sentence =
        "'via' of "
            + entry.part().singular()
            + " "
            + quoted(entry)
            + " names "
            + via.part().singular()
            + " "
            + DisplayNames.quoted(via.name());
    if (!found.isEmpty()) {
      return ConfigProblem.error(
          viaPath(entry, via),
          via.position(),
          sentence
              + ", which could be any of "
              + DisplayNames.list(found.stream().map(AuthEntry::name).toList()),
          "spell it as it is spelled there");
    }
    return ConfigProblem.error(
        viaPath(entry, via),
        via.position(),
        sentence + ", which is not configured",
        missingHint(via));
  }

  private String missingHint(Via via) {
    AuthPart other = via.part() == AuthPart.PROVIDERS ? AuthPart.IDENTITIES : AuthPart.PROVIDERS;
    if (!graph.find(other, via.name()).isEmpty()) {
      return "there is "
          + (other == AuthPart.IDENTITIES ? "an identity" : "a provider")
          + " of that name: use via."
          + other.singular();
    }
    List<String> names = names(via.part());
    List<String> candidates = new ArrayList<>(names);
    for (AuthEntry entry : graph.entries(via.part())) {
      ConfigText alias = entry.alias();
      if (alias != null) {
        candidates.add(alias.text());
      }
    }
    List<String> nearest = NearestNames.of(via.name(), candidates);
    if (!nearest.isEmpty()) {
      return "did you mean " + DisplayNames.alternatives(nearest) + "?";
    }
    return names.isEmpty()
        ? "no " + via.part().key() + " are configured"
        : "configured: " + DisplayNames.list(names);
  }

  /** Cuts the links of every circle, and names each circle once. */
  private void cutCircles() {
    Set<AuthEntry> done = new HashSet<>();
    for (AuthEntry start : graph.entries(AuthPart.IDENTITIES)) {
      Set<AuthEntry> way = new LinkedHashSet<>();
      AuthEntry at = start;
      while (at != null && !done.contains(at) && way.add(at)) {
        at = target(at);
      }
      if (at != null && way.contains(at)) {
        List<AuthEntry> circle = new ArrayList<>(way);
        cut(circle.subList(circle.indexOf(at), circle.size()));
      }
      done.addAll(way);
    }
  }

  private static @Nullable AuthEntry target(AuthEntry entry) {
    ResolvedVia link = entry.link();
    return link == null ? null : link.target();
  }

  /** Reports a circle, from the least of its names on, so that their order doesn't matter. */
  private void cut(List<AuthEntry> circle) {
    List<AuthEntry> entries = new ArrayList<>(circle);
    List<String> names = entries.stream().map(AuthEntry::name).toList();
    Collections.rotate(entries, -names.indexOf(Collections.min(names)));
    AuthEntry first = entries.get(0);
    Via via = first.via();
    if (via == null) {
      throw new IllegalStateException("a circle without a link");
    }
    StringBuilder way = new StringBuilder();
    for (AuthEntry entry : entries) {
      way.append(quoted(entry)).append(" -> ");
    }
    boolean alone = entries.size() == 1;
    ConfigProblem problem =
        ConfigProblem.error(
            viaPath(first, via),
            via.position(),
            alone
                ? "identity " + quoted(first) + " goes through itself"
                : "identities go through each other in a circle: " + way + quoted(first),
            (alone ? "it" : "one of them") + " has to go through a provider, or through nothing");
    problems.add(problem);
    for (AuthEntry entry : entries) {
      ResolvedVia link = entry.link();
      if (link != null) {
        entry.link(
            new ResolvedVia(link.via(), ResolvedVia.State.CIRCULAR, link.target()),
            entry.brokenLink().orElse(problem));
      }
    }
  }

  private static boolean says(ConfigValue value) {
    return !(value instanceof ConfigText text && text.isNull());
  }

  private static String subject(AuthEntry entry) {
    return entry.part().singular() + " " + quoted(entry) + " is of kind " + entry.kind();
  }

  private static String viaPath(AuthEntry entry, Via via) {
    return SchemaCheck.path(viaPath(entry), via.part().singular());
  }

  private List<String> names(AuthPart part) {
    return graph.entries(part).stream().map(AuthEntry::name).toList();
  }

  private static String quoted(AuthEntry entry) {
    return DisplayNames.quoted(entry.name());
  }
}
