package dev.atmos.auth.model;

import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.SchemaCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole {@code auth} section, checked by its schema, with the links of {@code via} resolved. A
 * definition or a link that is wrong doesn't stop the others. Nothing is run and nothing is read to
 * make a value. Never on the token path.
 */
public final class AuthGraph {
  private static final String PATH = AuthFields.AUTH;

  private final Services services;
  private final @Nullable ConfigMap section;
  private final Map<AuthPart, Map<String, AuthEntry>> entries = new EnumMap<>(AuthPart.class);
  private final List<ConfigProblem> problems = new ArrayList<>();

  private AuthGraph(Services services, @Nullable ConfigMap section) {
    this.services = services;
    this.section = section;
  }

  /** The graph of the {@code auth} section that the services have. */
  public static AuthGraph of(Services services) {
    AuthGraph graph = new AuthGraph(services, services.configMap(AuthFields.AUTH).orElse(null));
    graph.read();
    return graph;
  }

  /** The section; null where there is none. */
  public @Nullable ConfigMap section() {
    return section;
  }

  /** All that is wrong, in no particular order; one cause may be named for several paths. */
  public List<ConfigProblem> problems() {
    return Collections.unmodifiableList(problems);
  }

  /** Whether something is wrong, warnings about kinds included. */
  public boolean hasProblems() {
    return problems.stream().anyMatch(ConfigProblem::isError)
        || all().stream().anyMatch(entry -> !entry.problems().isEmpty());
  }

  /** The definitions of a part, in the configuration's order. */
  public List<AuthEntry> entries(AuthPart part) {
    return List.copyOf(map(part).values());
  }

  /** All definitions: providers, identities, integrations. */
  public List<AuthEntry> all() {
    List<AuthEntry> all = new ArrayList<>();
    for (AuthPart part : AuthPart.values()) {
      all.addAll(map(part).values());
    }
    return all;
  }

  /** The definition of a name, spelled as in the configuration. */
  public Optional<AuthEntry> entry(AuthPart part, String name) {
    return Optional.ofNullable(map(part).get(name));
  }

  /** The definitions that a name could stand for: none, one, or several where it isn't clear. */
  public List<AuthEntry> find(AuthPart part, String wanted) {
    List<AuthEntry> found = new ArrayList<>();
    NameMatcher.@Nullable Aliases aliases = part == AuthPart.IDENTITIES ? this::alias : null;
    for (String name : NameMatcher.find(wanted, map(part).keySet(), aliases)) {
      entry(part, name).ifPresent(found::add);
    }
    return found;
  }

  /** The identities that are the default. */
  public List<AuthEntry> defaults() {
    return entries(AuthPart.IDENTITIES).stream().filter(AuthEntry::isDefault).toList();
  }

  /** The definitions whose link leads to another one directly, be it sound or refused. */
  public List<AuthEntry> behind(AuthEntry parent) {
    List<AuthEntry> behind = new ArrayList<>();
    for (AuthEntry entry : all()) {
      ResolvedVia link = entry.link();
      if (link != null && link.target() == parent) {
        behind.add(entry);
      }
    }
    return behind;
  }

  /**
   * The chain of an identity from its root, the identity itself last; empty where a link of it
   * can't be used.
   */
  public Optional<List<AuthEntry>> chain(AuthEntry entry) {
    List<AuthEntry> chain = new ArrayList<>();
    for (AuthEntry at = entry; at != null; at = at.parent().orElse(null)) {
      if (at.brokenLink().isPresent()) {
        return Optional.empty();
      }
      chain.add(0, at);
    }
    return Optional.of(chain);
  }

  /**
   * The integrations that are set up with an identity: those that name it, and those that name the
   * provider at the root of its chain.
   */
  public List<AuthEntry> integrationsOf(AuthEntry identity) {
    AuthEntry root = identity;
    for (Optional<AuthEntry> at = identity.parent(); at.isPresent(); at = at.get().parent()) {
      root = at.get();
    }
    List<AuthEntry> found = new ArrayList<>();
    for (AuthEntry integration : entries(AuthPart.INTEGRATIONS)) {
      AuthEntry of = integration.parent().orElse(null);
      if (of != null && (of == identity || (of.part() == AuthPart.PROVIDERS && of == root))) {
        found.add(integration);
      }
    }
    return found;
  }

  private Map<String, AuthEntry> map(AuthPart part) {
    return entries.getOrDefault(part, Map.of());
  }

  private @Nullable String alias(String name) {
    AuthEntry identity = map(AuthPart.IDENTITIES).get(name);
    ConfigText alias = identity == null ? null : identity.alias();
    return alias == null ? null : alias.text();
  }

  private void read() {
    ConfigMap auth = section;
    if (auth == null) {
      return;
    }
    problems.addAll(SchemaCheck.checkEach(AuthSchema.of(services, auth), auth, PATH));
    for (AuthPart part : AuthPart.values()) {
      entries.put(part, read(part, auth));
    }
    NameCheck names = new NameCheck(this, services.kinds(), problems);
    names.checkNames();
    new LinkResolver(this, services.kinds(), problems).resolve();
    names.checkKinds();
  }

  private Map<String, AuthEntry> read(AuthPart part, ConfigMap auth) {
    Map<String, AuthEntry> read = new LinkedHashMap<>();
    if (!(StaticValues.value(auth, part.key()) instanceof ConfigMap definitions)) {
      return read;
    }
    List<String> supplied = part.kinds(services.kinds()).names();
    Map<String, Optional<? extends KindType>> types = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigMap.Entry> each : definitions.entries().entrySet()) {
      String name = each.getKey();
      ConfigValue value = StaticValues.value(definitions, name);
      ConfigMap fields =
          value instanceof ConfigMap map
              ? map
              : new ConfigMap(Map.of(), each.getValue().keyPosition());
      ConfigText kind = StaticValues.text(fields, AuthFields.KIND);
      boolean isSupplied = kind != null && supplied.contains(kind.text());
      KindType type = null;
      if (kind != null && isSupplied) {
        type =
            types
                .computeIfAbsent(
                    kind.text(),
                    key -> AuthSchema.find(services, part.kinds(services.kinds()), key))
                .orElse(null);
      }
      read.put(
          name,
          new AuthEntry(
              services,
              part,
              name,
              each.getValue().keyPosition(),
              fields,
              type,
              isSupplied,
              errorsBelow(path(part, name))));
    }
    return read;
  }

  private List<ConfigProblem> errorsBelow(String path) {
    List<ConfigProblem> found = new ArrayList<>();
    for (ConfigProblem problem : problems) {
      if (problem.isError()
          && (problem.path().equals(path) || problem.path().startsWith(path + "."))) {
        found.add(problem);
      }
    }
    return found;
  }

  /** The path of a definition. */
  static String path(AuthPart part, String name) {
    return SchemaCheck.path(SchemaCheck.path(PATH, part.key()), name);
  }
}
