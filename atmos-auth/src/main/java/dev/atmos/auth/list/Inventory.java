package dev.atmos.auth.list;

import dev.atmos.auth.config.AuthConfig;
import dev.atmos.auth.config.AuthGraph;
import dev.atmos.auth.config.Definition;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.IdentityDetails;
import dev.atmos.auth.config.IntegrationDefinition;
import dev.atmos.auth.config.IntegrationDetails;
import dev.atmos.auth.config.ProviderDefinition;
import dev.atmos.auth.config.ProviderDetails;
import dev.atmos.auth.config.Via;
import dev.atmos.plugin.config.Problem;
import dev.atmos.text.DisplayNames;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The whole {@code auth} section, with every link followed as far as it leads. Unlike {@link
 * AuthGraph}, which is for those who use a link, it keeps the broken ones, to show them.
 */
final class Inventory {
  private final AuthGraph graph;
  private final Map<Part, Map<String, Entry>> entries = new EnumMap<>(Part.class);
  private final Map<Entry, List<Entry>> behind = new HashMap<>();

  private Inventory(AuthGraph graph) {
    this.graph = graph;
  }

  /**
   * All of a configuration.
   *
   * @param isKind whether a plugin supplies an identity kind; only asked for kinds that aren't
   *     known here
   */
  static Inventory of(AuthConfig config, Predicate<String> isKind) {
    Inventory inventory = new Inventory(AuthGraph.of(config));
    Map<String, Entry> providers = new LinkedHashMap<>();
    for (ProviderDefinition provider : config.providers().values()) {
      boolean supplied = !(provider.details() instanceof ProviderDetails.Other);
      providers.put(provider.name(), inventory.entry(provider, supplied, null));
    }
    Map<String, Entry> identities = new LinkedHashMap<>();
    for (IdentityDefinition identity : config.identities().values()) {
      boolean supplied =
          !(identity.details() instanceof IdentityDetails.Other) || isKind.test(identity.kind());
      identities.put(
          identity.name(), inventory.entry(identity, supplied, inventory.link(identity)));
    }
    Map<String, Entry> integrations = new LinkedHashMap<>();
    for (IntegrationDefinition integration : config.integrations().values()) {
      boolean supplied = !(integration.details() instanceof IntegrationDetails.Other);
      Via via = integration.via();
      Link link = via == null ? null : inventory.link(via, Link.State.SOUND);
      integrations.put(integration.name(), inventory.entry(integration, supplied, link));
    }
    inventory.entries.put(Part.PROVIDERS, providers);
    inventory.entries.put(Part.IDENTITIES, identities);
    inventory.entries.put(Part.INTEGRATIONS, integrations);
    for (Entry entry : inventory.all()) {
      Optional<Entry> target = inventory.target(entry);
      if (target.isPresent()) {
        inventory.behind.computeIfAbsent(target.get(), none -> new ArrayList<>()).add(entry);
      }
    }
    return inventory;
  }

  /** The entries of a part, in the configuration's order. */
  List<Entry> entries(Part part) {
    return List.copyOf(map(part).values());
  }

  /** All entries: providers, identities, integrations. */
  List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    for (Part part : Part.values()) {
      all.addAll(map(part).values());
    }
    return all;
  }

  /** Whether nothing is configured. */
  boolean isEmpty() {
    return all().isEmpty();
  }

  /** Whether anything is known to be wrong, be it listed or not. */
  boolean hasProblems() {
    for (Problem problem : graph.problems()) {
      if (problem.isError()) {
        return true;
      }
    }
    for (Entry entry : all()) {
      if (!entry.problems().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Those that a name could mean: none, one, or several where it can't be told which. */
  List<Entry> find(Part part, String wanted) {
    List<? extends Definition> meant;
    if (part == Part.PROVIDERS) {
      meant = graph.providers(wanted);
    } else if (part == Part.IDENTITIES) {
      meant = graph.identities(wanted);
    } else {
      meant = graph.integrations(wanted);
    }
    List<Entry> found = new ArrayList<>();
    for (Definition definition : meant) {
      found.add(entry(definition));
    }
    return found;
  }

  /** What an entry's link leads to; empty where it has none, or leads nowhere. */
  Optional<Entry> target(Entry entry) {
    Link link = entry.link();
    Definition target = link == null ? null : link.target();
    return target == null ? Optional.empty() : Optional.of(entry(target));
  }

  /** The entries whose link leads to another one directly. */
  List<Entry> behind(Entry parent) {
    return behind.getOrDefault(parent, List.of());
  }

  /** The way to an entry from its root, itself last; empty where a link of it can't be used. */
  Optional<List<Entry>> chain(Entry entry) {
    List<Entry> chain = new ArrayList<>();
    for (Entry at = entry; ; at = target(at).orElseThrow()) {
      chain.add(0, at);
      Link link = at.link();
      if (link == null) {
        boolean lacking =
            at.definition() instanceof IdentityDefinition identity
                && graph.brokenLink(identity).isPresent();
        return lacking ? Optional.empty() : Optional.of(chain);
      }
      if (link.state() != Link.State.SOUND) {
        return Optional.empty();
      }
    }
  }

  private Map<String, Entry> map(Part part) {
    Map<String, Entry> map = entries.get(part);
    return map == null ? Map.of() : map;
  }

  private Entry entry(Definition definition) {
    Entry entry = map(Part.of(definition)).get(definition.name());
    if (entry == null) {
      throw new IllegalStateException("a link leads out of the configuration");
    }
    return entry;
  }

  private Entry entry(Definition definition, boolean supplied, @Nullable Link link) {
    List<String> problems = new ArrayList<>();
    if (!supplied) {
      problems.add("no plugin supplies kind " + DisplayNames.quoted(definition.kind()));
    }
    for (Problem problem : broken(definition)) {
      problems.add(problem.sentence());
    }
    String complaint = complaint(definition, link);
    if (complaint != null) {
      problems.add(complaint);
    }
    return new Entry(definition, supplied, link, problems);
  }

  private static List<Problem> broken(Definition definition) {
    if (definition instanceof ProviderDefinition provider
        && provider.details() instanceof ProviderDetails.Broken broken) {
      return broken.problems();
    }
    if (definition instanceof IdentityDefinition identity
        && identity.details() instanceof IdentityDetails.Broken broken) {
      return broken.problems();
    }
    if (definition instanceof IntegrationDefinition integration
        && integration.details() instanceof IntegrationDetails.Broken broken) {
      return broken.problems();
    }
    return List.of();
  }

  private @Nullable Link link(IdentityDefinition identity) {
    Via via = identity.via();
    if (via == null) {
      return null;
    }
    if (isOnCircle(identity)) {
      return link(via, Link.State.CIRCULAR);
    }
    boolean refused = graph.brokenLink(identity).isPresent();
    return link(via, refused ? Link.State.REFUSED : Link.State.SOUND);
  }

  /**
   * @param state what the link is if it leads to exactly one
   */
  private Link link(Via via, Link.State state) {
    List<? extends Definition> meant = meant(via);
    if (meant.size() == 1) {
      return new Link(via, state, meant.get(0));
    }
    return new Link(via, meant.isEmpty() ? Link.State.MISSING : Link.State.AMBIGUOUS, null);
  }

  private List<? extends Definition> meant(Via via) {
    return via instanceof Via.OfProvider
        ? graph.providers(via.name())
        : graph.identities(via.name());
  }

  /** Whether the way of an identity leads back to itself. */
  private boolean isOnCircle(IdentityDefinition identity) {
    Set<String> seen = new HashSet<>();
    IdentityDefinition at = identity;
    while (at != null && seen.add(at.name())) {
      at = next(at);
    }
    return at != null && at.name().equals(identity.name());
  }

  private @Nullable IdentityDefinition next(IdentityDefinition identity) {
    Via via = identity.via();
    List<? extends Definition> meant = via == null ? List.of() : meant(via);
    return meant.size() == 1 && meant.get(0) instanceof IdentityDefinition next ? next : null;
  }

  /** What is wrong with the link of a definition, or with its having none; null for nothing. */
  private @Nullable String complaint(Definition definition, @Nullable Link link) {
    if (definition instanceof IdentityDefinition identity) {
      Optional<Problem> broken = graph.brokenLink(identity);
      if (broken.isPresent()) {
        return broken.get().sentence();
      }
      // In a circle that has another fault as well, which the graph found first.
      return link != null && link.state() == Link.State.CIRCULAR
          ? "identity " + DisplayNames.quoted(identity.name()) + " goes through itself"
          : null;
    }
    if (link == null || link.state() == Link.State.SOUND) {
      return null;
    }
    for (Problem problem : graph.problems()) {
      if (link.via().position().equals(problem.position())) {
        return problem.sentence();
      }
    }
    return "'via' names nobody who is configured";
  }
}
