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
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole {@code auth} section, checked by its schema, with the links of {@code via} resolved. A
 * wrong definition or link doesn't stop the others. No value is made by running or reading
 * anything. Never on the token path.
 */
public final class AuthGraph {
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
    List<String> names = NameMatcher.find(wanted, map(part).keySet(), aliases);
    return entries(part).stream().filter(entry -> names.contains(entry.name())).toList();
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
    List<String> names = AuthEntry.names(entries(part));
    if (names.isEmpty()) {
      return "no " + part.key() + " are configured below auth." + part.key();
    }
    List<String> candidates = new ArrayList<>(names);
    for (AuthEntry entry : entries(part)) {
      if (entry.alias() != null) {
        candidates.add(entry.alias().text());
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
    return all().stream().filter(entry -> entry.target().orElse(null) == parent).toList();
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
    problems.addAll(SchemaCheck.checkEach(AuthSchema.of(services, auth), auth, AuthFields.AUTH));
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
        problems.add(
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
      List<ConfigProblem> errors = errorsBelow(part.path(name));
      read.put(
          name, new AuthEntry(services, part, name, position, fields, type, isSupplied, errors));
    }
    return read;
  }

  private List<ConfigProblem> errorsBelow(String path) {
    return problems.stream()
        .filter(ConfigProblem::isError)
        .filter(each -> each.path().equals(path) || each.path().startsWith(path + "."))
        .toList();
  }
}
