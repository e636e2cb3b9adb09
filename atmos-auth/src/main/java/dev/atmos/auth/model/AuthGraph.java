package dev.atmos.auth.model;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.kind.Kinds;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole {@code auth} section, checked by its schema, with the links of {@code via} resolved. A
 * wrong definition or link doesn't stop the others. No value is made by running or reading
 * anything. Never on the token path.
 */
public final class AuthGraph {
  /** Among more names, looking for similar ones takes too long: each link may ask for it. */
  private static final int MOST_COMPARED = 1_000;

  private final Services services;
  private final @Nullable ConfigMap section;
  private final Map<AuthPart, Map<String, AuthEntry>> entries = new EnumMap<>(AuthPart.class);
  private final List<ConfigProblem> problems = new ArrayList<>();

  /** The errors at each path or below it. */
  private final Map<String, List<ConfigProblem>> errors = new HashMap<>();

  /** The definitions by their names and aliases, in lower case. */
  private final Map<AuthPart, Map<String, Set<String>>> names = new EnumMap<>(AuthPart.class);

  private @Nullable Map<AuthEntry, List<AuthEntry>> behind;

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

  /** The section; null if the configuration has none. */
  public @Nullable ConfigMap section() {
    return section;
  }

  /** All problems, in no particular order; one cause may have several, each with its own path. */
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

  /** The definitions that a name could stand for: none, one, or several if it is ambiguous. */
  public List<AuthEntry> find(AuthPart part, String wanted) {
    NameMatcher.@Nullable Aliases aliases = part == AuthPart.IDENTITIES ? this::alias : null;
    Set<String> similar =
        names.computeIfAbsent(part, this::byName).getOrDefault(folded(wanted), Set.of());
    return NameMatcher.find(wanted, similar, aliases).stream()
        .map(name -> Objects.requireNonNull(map(part).get(name)))
        .toList();
  }

  private Map<String, Set<String>> byName(AuthPart part) {
    Map<String, Set<String>> byName = new HashMap<>();
    for (AuthEntry entry : map(part).values()) {
      byName.computeIfAbsent(folded(entry.name()), _ -> new LinkedHashSet<>()).add(entry.name());
      ConfigText alias = entry.alias();
      if (alias != null) {
        byName.computeIfAbsent(folded(alias.text()), _ -> new LinkedHashSet<>()).add(entry.name());
      }
    }
    return byName;
  }

  /** Equal wherever {@link String#equalsIgnoreCase} says so. */
  private static String folded(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /**
   * The only definition that a name can stand for.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if it is unknown or ambiguous
   */
  public AuthEntry named(AuthPart part, String wanted) {
    List<AuthEntry> found = find(part, wanted);
    if (found.size() == 1) {
      return found.getFirst();
    }
    String name = part.described(wanted);
    throw found.isEmpty()
        ? new AtmosException(
            ExitCode.USAGE, "unknown " + name, hint(part, wanted), new NoSuchElementException())
        : new AtmosException(
            ExitCode.USAGE,
            name + " could be any of " + DisplayNames.list(AuthEntry.names(found)),
            "spell it as in the configuration");
  }

  /** The hint to an unknown name: similar ones, or else all that are configured. */
  public String hint(AuthPart part, String wanted) {
    if (map(part).size() > MOST_COMPARED) {
      return "see those that are configured: atmos auth list --" + part.key();
    }
    List<String> names = AuthEntry.names(entries(part));
    if (names.isEmpty()) {
      return "no " + part.key() + " are configured below auth." + part.key();
    }
    List<String> candidates = new ArrayList<>(names);
    for (AuthEntry entry : entries(part)) {
      if (entry.alias() != null) {
        candidates.add(entry.alias().shown());
      }
    }
    return NearestNames.question(wanted, candidates)
        .orElse("configured: " + DisplayNames.list(names));
  }

  /** The identities that are the default. */
  public List<AuthEntry> defaults() {
    return entries(AuthPart.IDENTITIES).stream().filter(AuthEntry::isDefault).toList();
  }

  /** The definitions whose link leads to another one directly, be it sound or refused. */
  public List<AuthEntry> behind(AuthEntry parent) {
    Map<AuthEntry, List<AuthEntry>> known = behind;
    if (known == null) {
      known = new HashMap<>();
      for (AuthEntry entry : all()) {
        AuthEntry target = entry.target().orElse(null);
        if (target != null) {
          known.computeIfAbsent(target, _ -> new ArrayList<>()).add(entry);
        }
      }
      behind = known;
    }
    return known.getOrDefault(parent, List.of());
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
      chain.addFirst(at);
    }
    return Optional.of(chain);
  }

  /**
   * The integrations that are set up with an identity: those that name it, and those that name the
   * provider at the root of its chain.
   */
  public List<AuthEntry> integrationsOf(AuthEntry identity) {
    AuthEntry root = chain(identity).map(List::getFirst).orElse(identity);
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
    SchemaCheck.checkEach(AuthSchema.toCheck(services, auth), auth, AuthFields.AUTH)
        .forEach(this::report);
    for (AuthPart part : AuthPart.values()) {
      entries.put(part, read(part, auth));
    }
    NameCheck names = new NameCheck(this, services.kinds(), problems);
    names.checkNames();
    new LinkResolver(this, services.kinds(), problems).resolve();
    names.checkKinds();
    entries(AuthPart.IDENTITIES).forEach(identity -> problems.addAll(identity.problemsBehind()));
  }

  private Map<String, AuthEntry> read(AuthPart part, ConfigMap auth) {
    Map<String, AuthEntry> read = new LinkedHashMap<>();
    if (!(StaticValues.value(auth, part.key()) instanceof ConfigMap definitions)) {
      return read;
    }
    Kinds<? extends KindType> kinds = part.kinds(services.kinds());
    List<String> supplied = kinds.names();
    Map<String, Optional<? extends KindType>> types = new HashMap<>();
    for (Map.Entry<String, ConfigMap.Entry> each : definitions.entries().entrySet()) {
      String name = each.getKey();
      Position position = each.getValue().keyPosition();
      ConfigMap fields =
          StaticValues.value(definitions, name) instanceof ConfigMap map
              ? map
              : new ConfigMap(Map.of(), position);
      if (StaticValues.exceedsMost(fields)) {
        fields = new ConfigMap(Map.of(), position);
        report(
            ConfigProblem.error(
                part.path(name),
                position,
                part.described(name) + " has more than " + StaticValues.MOST + " values",
                "look for aliases that refer to aliases"));
      }
      ConfigText kind = StaticValues.text(fields, AuthFields.KIND);
      KindType type =
          kind == null
              ? null
              : types
                  .computeIfAbsent(kind.text(), key -> AuthSchema.find(services, kinds, key))
                  .orElse(null);
      boolean isSupplied = kind != null && supplied.contains(kind.text());
      if (part == AuthPart.IDENTITIES) {
        IdentityVariables.problems(name, fields).forEach(this::report);
      }
      List<ConfigProblem> wrong = List.copyOf(errors.getOrDefault(part.path(name), List.of()));
      read.put(
          name, new AuthEntry(services, part, name, position, fields, type, isSupplied, wrong));
    }
    return read;
  }

  private void report(ConfigProblem problem) {
    problems.add(problem);
    if (problem.isError()) {
      String path = problem.path();
      for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
        errors.computeIfAbsent(path.substring(0, end), _ -> new ArrayList<>()).add(problem);
      }
    }
  }
}
