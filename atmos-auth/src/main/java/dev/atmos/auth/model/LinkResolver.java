package dev.atmos.auth.model;

import dev.atmos.auth.model.ResolvedVia.State;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.kind.KindRegistry;
import dev.atmos.services.kind.Kinds;
import dev.atmos.text.DisplayNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows every {@code via}, and reports the links that can't be used. */
final class LinkResolver {
  private final AuthGraph graph;
  private final KindRegistry kinds;
  private final List<ConfigProblem> problems;

  /** What is wrong with each {@code via} where none is taken: to the schema an unknown key. */
  private final Map<String, Optional<ConfigProblem>> unwanted = new LinkedHashMap<>();

  LinkResolver(AuthGraph graph, KindRegistry kinds, List<ConfigProblem> problems) {
    this.graph = graph;
    this.kinds = kinds;
    this.problems = problems;
  }

  void resolve() {
    for (AuthEntry identity : graph.entries(AuthPart.IDENTITIES)) {
      link(identity);
    }
    problems.removeIf(problem -> unwanted.containsKey(problem.path()));
    unwanted.values().forEach(problem -> problem.ifPresent(problems::add));
    cutCircles();
    cutLongChains();
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
    boolean isWritten =
        written != null && !(written.value() instanceof ConfigText text && text.isNull());
    if (written != null && !accepts.takesProviders() && !accepts.takesIdentities()) {
      String path = entry.path(AuthFields.VIA);
      String sentence = kindOf(entry) + ", which takes no 'via'";
      ConfigProblem problem =
          isWritten
              ? ConfigProblem.error(path, written.keyPosition(), sentence, "take it out")
              : null;
      unwanted.put(path, Optional.ofNullable(problem));
      entry.link(null, problem);
      return;
    }
    ConfigText provider = entry.text(AuthFields.VIA, AuthFields.PROVIDER);
    ConfigText identity = entry.text(AuthFields.VIA, AuthFields.IDENTITY);
    ConfigText name = provider == null ? identity : provider;
    if (name == null || (provider != null && identity != null)) {
      entry.link(null, isWritten ? wrongVia(entry) : missingVia(entry, accepts));
      return;
    }
    AuthPart part = provider == null ? AuthPart.IDENTITIES : AuthPart.PROVIDERS;
    List<AuthEntry> found = graph.find(part, name.text());
    Via via = new Via(part, name.shown(), name.position());
    if (found.size() != 1) {
      State state = found.isEmpty() ? State.MISSING : State.AMBIGUOUS;
      entry.link(new ResolvedVia(via, state, null), unresolved(entry, via, found));
      return;
    }
    AuthEntry target = found.get(0);
    String mismatch = mismatch(accepts, target);
    if (mismatch == null) {
      entry.link(new ResolvedVia(via, State.SOUND, target), null);
    } else {
      entry.link(
          new ResolvedVia(via, State.REFUSED, target),
          report(entry, via, kindOf(entry) + ", which needs " + mismatch, null));
    }
  }

  private ConfigProblem report(
      String path, Position position, String sentence, @Nullable String hint) {
    ConfigProblem problem = ConfigProblem.error(path, position, sentence, hint);
    problems.add(problem);
    return problem;
  }

  private ConfigProblem report(AuthEntry entry, Via via, String sentence, @Nullable String hint) {
    String path = SchemaCheck.path(entry.path(AuthFields.VIA), via.part().singular());
    return report(path, via.position(), sentence, hint);
  }

  /** The problem of a link with both names, or with one that a tag makes; null if reported. */
  private @Nullable ConfigProblem wrongVia(AuthEntry entry) {
    String path = entry.path(AuthFields.VIA);
    ConfigValue via = StaticValues.value(entry.fields(), AuthFields.VIA);
    for (String key : List.of(AuthFields.PROVIDER, AuthFields.IDENTITY)) {
      ConfigMap.Entry link = via instanceof ConfigMap map ? map.entries().get(key) : null;
      if (link != null && SchemaCheck.isDeferred(link.value())) {
        return report(
            SchemaCheck.path(path, key),
            link.value().position(),
            "'" + key + "' must be written as it is, and not be made by a tag",
            null);
      }
    }
    for (ConfigProblem error : entry.errors()) {
      if (error.path().startsWith(path)) {
        return error;
      }
    }
    return via instanceof ConfigMap
        ? report(
            path,
            entry.fields().positionOf(AuthFields.VIA),
            "'via' names both a provider and an identity",
            "leave one of them")
        : null;
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
            entry.path(),
            entry.position(),
            kindOf(entry) + ", which needs 'via' with " + needed,
            accepts.takesProviders() ? "add: via: {provider: NAME}" : "add: via: {identity: NAME}");
    if (!entry.isBroken()) {
      problems.add(problem);
    }
    return problem;
  }

  /** Why a kind can't go through a definition; null if it can, or if that isn't known. */
  private @Nullable String mismatch(Accepts accepts, AuthEntry target) {
    if (target.part().isAccepted(accepts, target.type().orElse(null))) {
      return null;
    }
    if (target.part() == AuthPart.IDENTITIES) {
      return "a provider in 'via', and " + quoted(target) + " is an identity";
    }
    if (!accepts.takesProviders()) {
      return "an identity in 'via', and " + quoted(target) + " is a provider";
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
    Kinds<ProviderType> known = kinds.providers();
    Stream<KindType> builtIn =
        known.builtInNames().stream().flatMap(kind -> known.find(kind).stream());
    Stream<KindType> used =
        graph.entries(AuthPart.PROVIDERS).stream().flatMap(provider -> provider.type().stream());
    return Stream.concat(builtIn, used)
        .filter(type ->
            type instanceof ProviderType each && !Collections.disjoint(grants, each.grants()))
        .map(KindType::kind)
        .distinct()
        .sorted()
        .toList();
  }

  private ConfigProblem unresolved(AuthEntry entry, Via via, List<AuthEntry> found) {
    String sentence =
        "'via' of " + entry.described() + " names " + via.part().described(via.name());
    return found.isEmpty()
        ? report(entry, via, sentence + ", which is not configured", missingHint(via))
        : report(
            entry,
            via,
            sentence + ", which could be any of " + DisplayNames.list(AuthEntry.names(found)),
            "spell it as it is spelled there");
  }

  private String missingHint(Via via) {
    AuthPart other = via.part() == AuthPart.PROVIDERS ? AuthPart.IDENTITIES : AuthPart.PROVIDERS;
    if (!graph.find(other, via.name()).isEmpty()) {
      return "there is "
          + (other == AuthPart.IDENTITIES ? "an identity" : "a provider")
          + " of that name: use via."
          + other.singular();
    }
    return graph.hint(via.part(), via.name());
  }

  /** Cuts the links of every circle, and names each circle once. */
  private void cutCircles() {
    Set<AuthEntry> done = new HashSet<>();
    for (AuthEntry start : graph.entries(AuthPart.IDENTITIES)) {
      Set<AuthEntry> way = new LinkedHashSet<>();
      AuthEntry at = start;
      while (at != null && !done.contains(at) && way.add(at)) {
        at = at.target().orElse(null);
      }
      if (at != null && way.contains(at)) {
        List<AuthEntry> circle = new ArrayList<>(way);
        cut(circle.subList(circle.indexOf(at), circle.size()));
      }
      done.addAll(way);
    }
  }

  /** Reports a circle, from the least of its names on, so that their order doesn't matter. */
  private void cut(List<AuthEntry> circle) {
    List<AuthEntry> entries = new ArrayList<>(circle);
    List<String> names = AuthEntry.names(entries);
    Collections.rotate(entries, -names.indexOf(Collections.min(names)));
    AuthEntry first = entries.get(0);
    ResolvedVia start = Objects.requireNonNull(first.link(), "a circle without a link");
    boolean isLong = entries.size() > ResolvedVia.LONGEST_CHAIN;
    String way =
        entries.stream()
            .limit(ResolvedVia.LONGEST_CHAIN)
            .map(each -> quoted(each) + " -> ")
            .collect(Collectors.joining(""));
    boolean alone = entries.size() == 1;
    ConfigProblem problem =
        report(
            first,
            start.via(),
            alone
                ? first.described() + " goes through itself"
                : "identities go through each other in a circle: "
                    + way
                    + (isLong ? "... -> " : "")
                    + quoted(first),
            (alone ? "it" : "one of them") + " has to go through a provider, or through nothing");
    for (AuthEntry entry : entries) {
      ResolvedVia link = entry.link();
      if (link != null) {
        entry.link(
            new ResolvedVia(link.via(), State.CIRCULAR, isLong ? null : link.target()),
            entry.brokenLink().orElse(problem));
      }
    }
  }

  /** Cuts the links of each identity that is too far from its root, and reports the first ones. */
  private void cutLongChains() {
    Map<AuthEntry, Integer> lengths = new HashMap<>();
    for (AuthEntry start : graph.entries(AuthPart.IDENTITIES)) {
      Deque<AuthEntry> way = new ArrayDeque<>();
      AuthEntry at = start;
      while (at != null && at.part() == AuthPart.IDENTITIES && !lengths.containsKey(at)) {
        way.push(at);
        at = leads(at) ? at.target().orElse(null) : null;
      }
      int length = at == null ? 0 : lengths.getOrDefault(at, 0);
      ConfigProblem problem = at == null ? null : at.brokenLink().orElse(null);
      for (AuthEntry each : way) {
        length++;
        lengths.put(each, length);
        ResolvedVia link = each.link();
        if (length > ResolvedVia.LONGEST_CHAIN && link != null) {
          if (problem == null || length == ResolvedVia.LONGEST_CHAIN + 1) {
            problem = tooLong(each, link.via());
          }
          each.link(
              new ResolvedVia(link.via(), State.TOO_LONG, null), each.brokenLink().orElse(problem));
        }
      }
    }
  }

  private static boolean leads(AuthEntry entry) {
    ResolvedVia link = entry.link();
    return link != null && link.leads();
  }

  private ConfigProblem tooLong(AuthEntry entry, Via via) {
    return report(
        entry,
        via,
        "the chain of "
            + entry.described()
            + " has more than "
            + ResolvedVia.LONGEST_CHAIN
            + " identities",
        "let it go through fewer of them");
  }

  private static String kindOf(AuthEntry entry) {
    return entry.described() + " is of kind " + entry.kind();
  }

  private static String quoted(AuthEntry entry) {
    return DisplayNames.quoted(entry.name());
  }
}
