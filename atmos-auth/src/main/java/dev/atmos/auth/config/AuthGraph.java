package dev.atmos.auth.config;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.config.Problem;
import dev.atmos.plugin.config.ShapeCheck;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who goes through whom: the links of {@code via}, each resolved by {@link NameRules}. A link that
 * leads nowhere, in a circle or to the wrong kind is a problem, which who uses it is told of, and
 * no link.
 */
public final class AuthGraph {

  /**
   * The way to an identity's credentials.
   *
   * @param provider where somebody signs in; null where the first identity needs no provider
   * @param identities those that are gone through, the one that is meant last; at least one
   */
  public record Chain(@Nullable ProviderDefinition provider, List<IdentityDefinition> identities) {

    /**
     * @throws IllegalArgumentException if there are no identities
     */
    public Chain {
      if (identities.isEmpty()) {
        throw new IllegalArgumentException("a chain without an identity");
      }
      identities = List.copyOf(identities);
    }

    /** The identity that is meant. */
    public IdentityDefinition target() {
      return identities.get(identities.size() - 1);
    }
  }

  private static final List<String> MOCKS = List.of(Kinds.MOCK, Kinds.MOCK_AWS);
  private static final List<String> FOR_PERMISSION_SETS = List.of(Kinds.IAM_IDENTITY_CENTER);
  private static final List<String> FOR_ROLES = List.of(Kinds.SAML, Kinds.GITHUB_OIDC);

  private final AuthConfig config;
  private final Map<String, Definition> parents = new LinkedHashMap<>();
  private final Map<String, Definition> integrationParents = new LinkedHashMap<>();
  private final Map<String, Problem> brokenLinks = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private AuthGraph(AuthConfig config) {
    this.config = config;
  }

  /** The graph of a configuration. */
  public static AuthGraph of(AuthConfig config) {
    AuthGraph graph = new AuthGraph(config);
    graph.checkCase("providers", config.providers());
    graph.checkCase("identities", config.identities());
    graph.checkCase("integrations", config.integrations());
    graph.checkAliases();
    graph.checkDefaults();
    for (IdentityDefinition identity : config.identities().values()) {
      graph.link(identity);
    }
    graph.cutCircles();
    for (IntegrationDefinition integration : config.integrations().values()) {
      graph.link(integration);
    }
    return graph;
  }

  /** What is wrong with names and links, in the configuration's order. */
  public List<Problem> problems() {
    return Collections.unmodifiableList(problems);
  }

  /** The identities that a name could mean: none, one, or several where it can't be told which. */
  public List<IdentityDefinition> identities(String wanted) {
    return pick(
        config.identities(), NameRules.find(wanted, config.identities().keySet(), this::alias));
  }

  /** The providers that a name could mean: none, one, or several where it can't be told which. */
  public List<ProviderDefinition> providers(String wanted) {
    return pick(config.providers(), NameRules.find(wanted, config.providers().keySet(), null));
  }

  /**
   * The integrations that a name could mean: none, one, or several where it can't be told which.
   */
  public List<IntegrationDefinition> integrations(String wanted) {
    return pick(
        config.integrations(), NameRules.find(wanted, config.integrations().keySet(), null));
  }

  /** The identities that say {@code default: true}. */
  public List<IdentityDefinition> defaults() {
    List<IdentityDefinition> defaults = new ArrayList<>();
    for (IdentityDefinition identity : config.identities().values()) {
      if (identity.isDefault()) {
        defaults.add(identity);
      }
    }
    return defaults;
  }

  /**
   * The provider or the identity that an identity goes through; empty where it goes through nobody,
   * or where its link is a problem.
   */
  public Optional<Definition> parent(IdentityDefinition identity) {
    return Optional.ofNullable(parents.get(identity.name()));
  }

  /** Whom an integration takes its credentials from; empty where its link is a problem. */
  public Optional<Definition> parent(IntegrationDefinition integration) {
    return Optional.ofNullable(integrationParents.get(integration.name()));
  }

  /** The problem that keeps an identity from its parent; empty where nothing does. */
  public Optional<Problem> brokenLink(IdentityDefinition identity) {
    return Optional.ofNullable(brokenLinks.get(identity.name()));
  }

  /**
   * The identities that go through a provider or an identity directly, in the configuration's
   * order.
   */
  public List<IdentityDefinition> behind(Definition parent) {
    List<IdentityDefinition> behind = new ArrayList<>();
    for (IdentityDefinition identity : config.identities().values()) {
      Definition other = parents.get(identity.name());
      if (other != null && same(parent, other)) {
        behind.add(identity);
      }
    }
    return behind;
  }

  /**
   * The way to an identity's credentials.
   *
   * @throws AtmosException with {@link dev.atmos.plugin.ExitCode#USAGE} if a link on it is a
   *     problem
   */
  public Chain chain(IdentityDefinition identity) {
    List<IdentityDefinition> identities = new ArrayList<>();
    IdentityDefinition at = identity;
    while (true) {
      identities.add(0, at);
      Problem broken = brokenLinks.get(at.name());
      if (broken != null) {
        throw broken.failure();
      }
      Definition parent = parents.get(at.name());
      if (parent instanceof IdentityDefinition next) {
        at = next;
      } else {
        return new Chain(
            parent instanceof ProviderDefinition provider ? provider : null, identities);
      }
    }
  }

  /**
   * The integrations that are set up with an identity: those that name it, and those that name the
   * provider at its chain's root.
   */
  public List<IntegrationDefinition> integrationsOf(IdentityDefinition identity) {
    Definition root = identity;
    Definition parent = parents.get(identity.name());
    while (parent != null) {
      root = parent;
      parent = parent instanceof IdentityDefinition ? parents.get(parent.name()) : null;
    }
    List<IntegrationDefinition> found = new ArrayList<>();
    for (IntegrationDefinition integration : config.integrations().values()) {
      Definition of = integrationParents.get(integration.name());
      if (of != null
          && (same(of, identity) || (of instanceof ProviderDefinition && same(of, root)))) {
        found.add(integration);
      }
    }
    return found;
  }

  private static boolean same(Definition a, Definition b) {
    return a.getClass() == b.getClass() && a.name().equals(b.name());
  }

  private @Nullable String alias(String name) {
    IdentityDefinition identity = config.identities().get(name);
    Located alias = identity == null ? null : identity.alias();
    return alias == null ? null : alias.text();
  }

  private static <T> List<T> pick(Map<String, T> definitions, List<String> names) {
    List<T> picked = new ArrayList<>();
    for (String name : names) {
      T definition = definitions.get(name);
      if (definition != null) {
        picked.add(definition);
      }
    }
    return picked;
  }

  private void checkCase(String section, Map<String, ? extends Definition> definitions) {
    Map<String, String> seen = new LinkedHashMap<>();
    for (Definition definition : definitions.values()) {
      String name = definition.name();
      String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (other != null) {
        problems.add(
            Problem.error(
                path(section, name),
                definition.position(),
                section
                    + " "
                    + DisplayNames.quoted(other)
                    + " and "
                    + DisplayNames.quoted(name)
                    + " differ in case only",
                "give one of them another name"));
      }
    }
  }

  private void checkAliases() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : config.identities().keySet()) {
      names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    }
    Map<String, String> aliases = new LinkedHashMap<>();
    for (IdentityDefinition identity : config.identities().values()) {
      Located alias = identity.alias();
      if (alias == null) {
        continue;
      }
      String folded = alias.text().toLowerCase(Locale.ROOT);
      String named = names.get(folded);
      String other = aliases.putIfAbsent(folded, identity.name());
      String said =
          "alias " + DisplayNames.quoted(alias.text()) + " of identity " + quoted(identity);
      String sentence = null;
      if (named != null && !named.equalsIgnoreCase(identity.name())) {
        sentence = said + " is the name of identity " + DisplayNames.quoted(named);
      } else if (other != null) {
        sentence = said + " is also that of identity " + DisplayNames.quoted(other);
      }
      if (sentence != null) {
        problems.add(
            Problem.error(
                path("identities", identity.name(), "alias"),
                alias.position(),
                sentence,
                "give it another alias"));
      }
    }
  }

  private void checkDefaults() {
    List<IdentityDefinition> defaults = defaults();
    if (defaults.size() > 1) {
      List<String> names = new ArrayList<>();
      for (IdentityDefinition identity : defaults) {
        names.add(identity.name());
      }
      IdentityDefinition second = defaults.get(1);
      problems.add(
          Problem.error(
              path("identities", second.name(), "default"),
              second.position(),
              "several identities say default: true: " + DisplayNames.list(names),
              "leave default: true with one of them"));
    }
  }

  private void link(IdentityDefinition identity) {
    Via via = identity.via();
    if (via == null) {
      if (!(identity.details() instanceof IdentityDetails.Broken)) {
        String needed = needs(identity.kind());
        if (needed != null) {
          broken(
              identity,
              Problem.error(
                  path("identities", identity.name()),
                  identity.position(),
                  "identity "
                      + quoted(identity)
                      + " is of kind "
                      + identity.kind()
                      + ", which needs 'via' with "
                      + needed,
                  needed.contains("a provider")
                      ? "add: via: {provider: NAME}"
                      : "add: via: {identity: NAME}"));
        }
      }
      return;
    }
    Definition parent = parentOf("identity " + quoted(identity), via, path(identity, via));
    if (parent == null) {
      brokenLinks.put(identity.name(), problems.get(problems.size() - 1));
      return;
    }
    String mismatch = mismatch(identity.kind(), parent);
    if (mismatch != null) {
      broken(
          identity,
          Problem.error(
              path(identity, via),
              via.position(),
              "identity "
                  + quoted(identity)
                  + " is of kind "
                  + identity.kind()
                  + ", which needs "
                  + mismatch,
              null));
      return;
    }
    parents.put(identity.name(), parent);
  }

  private void link(IntegrationDefinition integration) {
    Via via = integration.via();
    if (via != null) {
      Definition parent =
          parentOf(
              "integration " + DisplayNames.quoted(integration.name()),
              via,
              path("integrations", integration.name(), "via", key(via)));
      if (parent != null) {
        integrationParents.put(integration.name(), parent);
      }
    }
  }

  private void broken(IdentityDefinition identity, Problem problem) {
    problems.add(problem);
    brokenLinks.put(identity.name(), problem);
  }

  /** What the via of a kind has to name; null where it may be absent. */
  private static @Nullable String needs(String kind) {
    return switch (kind) {
      case Kinds.PERMISSION_SET -> "a provider";
      case Kinds.ASSUME_ROLE -> "a provider or an identity";
      case Kinds.ASSUME_ROOT -> "an identity";
      default -> null;
    };
  }

  /** Why a kind can't go through that; null if it can. Kinds that aren't known here may. */
  private static @Nullable String mismatch(String kind, Definition parent) {
    if (parent instanceof ProviderDefinition provider) {
      return switch (kind) {
        case Kinds.PERMISSION_SET -> mismatch(FOR_PERMISSION_SETS, provider);
        case Kinds.ASSUME_ROLE -> mismatch(FOR_ROLES, provider);
        case Kinds.ASSUME_ROOT ->
            "an identity in 'via', and " + DisplayNames.quoted(provider.name()) + " is a provider";
        default -> null;
      };
    }
    return kind.equals(Kinds.PERMISSION_SET)
        ? "a provider in 'via', and " + DisplayNames.quoted(parent.name()) + " is an identity"
        : null;
  }

  private static @Nullable String mismatch(List<String> kinds, ProviderDefinition provider) {
    if (kinds.contains(provider.kind())
        || MOCKS.contains(provider.kind())
        || !Kinds.PROVIDERS.contains(provider.kind())) {
      return null;
    }
    return "a provider of kind "
        + DisplayNames.alternatives(kinds)
        + ", and "
        + DisplayNames.quoted(provider.name())
        + " is of kind "
        + provider.kind();
  }

  /** Whom a link means; null after the problem with it has been noted. */
  private @Nullable Definition parentOf(String who, Via via, String path) {
    boolean provider = via instanceof Via.OfProvider;
    List<? extends Definition> found = provider ? providers(via.name()) : identities(via.name());
    if (found.size() == 1) {
      return found.get(0);
    }
    String said =
        "'via' of " + who + " names " + (provider ? "provider " : "identity ") + shown(via);
    if (found.size() > 1) {
      List<String> names = new ArrayList<>();
      for (Definition definition : found) {
        names.add(definition.name());
      }
      problems.add(
          Problem.error(
              path,
              via.position(),
              said + ", which could be any of " + DisplayNames.list(names),
              "spell it as it is spelt there"));
      return null;
    }
    problems.add(
        Problem.error(
            path, via.position(), said + ", which is not configured", missingHint(via, provider)));
    return null;
  }

  private String missingHint(Via via, boolean provider) {
    if (!(provider ? identities(via.name()) : providers(via.name())).isEmpty()) {
      return provider
          ? "there is an identity of that name: say via.identity"
          : "there is a provider of that name: say via.provider";
    }
    List<String> names =
        List.copyOf(provider ? config.providers().keySet() : config.identities().keySet());
    List<String> candidates = new ArrayList<>(names);
    if (!provider) {
      for (String name : names) {
        String alias = alias(name);
        if (alias != null) {
          candidates.add(alias);
        }
      }
    }
    List<String> nearest = NearestNames.of(via.name(), candidates);
    if (!nearest.isEmpty()) {
      return "did you mean " + DisplayNames.alternatives(nearest) + "?";
    }
    return names.isEmpty()
        ? "no " + (provider ? "providers" : "identities") + " are configured"
        : "configured: " + DisplayNames.list(names);
  }

  /** Takes the links of every circle out, and names each circle once. */
  private void cutCircles() {
    Set<String> done = new HashSet<>();
    for (IdentityDefinition start : config.identities().values()) {
      Set<String> way = new LinkedHashSet<>();
      Definition at = start;
      while (at instanceof IdentityDefinition && !done.contains(at.name()) && way.add(at.name())) {
        at = parents.get(at.name());
      }
      if (at instanceof IdentityDefinition && way.contains(at.name())) {
        List<String> circle = new ArrayList<>(way);
        name(circle.subList(circle.indexOf(at.name()), circle.size()));
      }
      done.addAll(way);
    }
  }

  /** Notes a circle, from the least of its names on, so that their order doesn't matter. */
  private void name(List<String> circle) {
    List<String> names = new ArrayList<>(circle);
    Collections.rotate(names, -names.indexOf(Collections.min(names)));
    IdentityDefinition first = config.identities().get(names.get(0));
    Via via = first == null ? null : first.via();
    if (first == null || via == null) {
      throw new IllegalStateException("a circle of nobody");
    }
    StringBuilder way = new StringBuilder();
    for (String name : names) {
      way.append(DisplayNames.quoted(name)).append(" -> ");
    }
    Problem problem =
        Problem.error(
            path(first, via),
            via.position(),
            names.size() == 1
                ? "identity " + quoted(first) + " goes through itself"
                : "identities go through each other in a circle: "
                    + way
                    + DisplayNames.quoted(names.get(0)),
            (names.size() == 1 ? "it" : "one of them")
                + " has to go through a provider, or through nobody");
    problems.add(problem);
    for (String name : names) {
      parents.remove(name);
      brokenLinks.put(name, problem);
    }
  }

  private static String quoted(IdentityDefinition identity) {
    return DisplayNames.quoted(identity.name());
  }

  private static String shown(Via via) {
    return DisplayNames.quoted(via.name());
  }

  private static String key(Via via) {
    return via instanceof Via.OfProvider ? "provider" : "identity";
  }

  private static String path(IdentityDefinition identity, Via via) {
    return path("identities", identity.name(), "via", key(via));
  }

  private static String path(String... keys) {
    String path = "auth";
    for (String key : keys) {
      path = ShapeCheck.path(path, key);
    }
    return path;
  }
}
