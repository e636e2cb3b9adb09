package dev.atmos.auth.model;

import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
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
    for (AuthPart part : AuthPart.values()) {
      checkCase(part);
    }
    checkAliases();
    checkDefaults();
    for (AuthEntry identity : entries(AuthPart.IDENTITIES)) {
      link(identity);
    }
    cutCircles();
    for (AuthEntry integration : entries(AuthPart.INTEGRATIONS)) {
      link(integration);
    }
    for (AuthPart part : AuthPart.values()) {
      checkKinds(part);
    }
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

  private void checkCase(AuthPart part) {
    Map<String, String> seen = new LinkedHashMap<>();
    for (AuthEntry entry : entries(part)) {
      String other = seen.putIfAbsent(entry.name().toLowerCase(Locale.ROOT), entry.name());
      if (other != null) {
        problems.add(
            ConfigProblem.error(
                path(part, entry.name()),
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
    for (String name : map(AuthPart.IDENTITIES).keySet()) {
      names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    }
    Map<String, String> aliases = new LinkedHashMap<>();
    for (AuthEntry identity : entries(AuthPart.IDENTITIES)) {
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
                SchemaCheck.path(path(AuthPart.IDENTITIES, identity.name()), AuthFields.ALIAS),
                alias.position(),
                sentence,
                "give it another alias"));
      }
    }
  }

  private void checkDefaults() {
    List<AuthEntry> defaults = defaults();
    if (defaults.size() > 1) {
      AuthEntry second = defaults.get(1);
      problems.add(
          ConfigProblem.error(
              SchemaCheck.path(path(AuthPart.IDENTITIES, second.name()), AuthFields.DEFAULT),
              second.position(),
              "several identities say default: true: "
                  + DisplayNames.list(defaults.stream().map(AuthEntry::name).toList()),
              "leave default: true with one of them"));
    }
  }

  private void link(AuthEntry entry) {
    Accepts accepts =
        entry.type().orElse(null) instanceof IdentityType type
            ? type.accepts()
            : Accepts.anything();
    ConfigMap.Entry written = entry.fields().entries().get(AuthFields.VIA);
    boolean isWritten = written != null && says(written.value());
    if (written != null && isWritten && !accepts.takesProviders() && !accepts.takesIdentities()) {
      refuseVia(entry, written);
      return;
    }
    Via via = entry.via();
    if (via == null) {
      ConfigProblem wrong = isWritten ? wrongVia(entry) : missingVia(entry, accepts);
      entry.link(null, wrong);
      return;
    }
    List<AuthEntry> found = find(via.part(), via.name());
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

  /** A link that its kind doesn't take; to the schema it is but an unknown key. */
  private void refuseVia(AuthEntry entry, ConfigMap.Entry written) {
    String path = SchemaCheck.path(path(entry.part(), entry.name()), AuthFields.VIA);
    problems.removeIf(problem -> problem.path().equals(path));
    ConfigProblem problem =
        ConfigProblem.error(
            path, written.keyPosition(), subject(entry) + ", which takes no 'via'", "take it out");
    problems.add(problem);
    entry.link(null, problem);
  }

  /**
   * What is wrong with a link that names both or is made by a tag; null where that was reported.
   */
  private @Nullable ConfigProblem wrongVia(AuthEntry entry) {
    String path = SchemaCheck.path(path(entry.part(), entry.name()), AuthFields.VIA);
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
            path(AuthPart.IDENTITIES, entry.name()),
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
    List<String> fitting = new ArrayList<>();
    for (String kind : services.kinds().providers().builtInNames()) {
      Optional<ProviderType> other = services.kinds().providers().find(kind);
      if (other.isPresent() && !Collections.disjoint(accepts.grants(), other.get().grants())) {
        fitting.add(kind);
      }
    }
    return "a provider of kind "
        + DisplayNames.alternatives(fitting)
        + ", and "
        + quoted(target)
        + " is of kind "
        + target.kind();
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
    if (!find(other, via.name()).isEmpty()) {
      return "there is "
          + (other == AuthPart.IDENTITIES ? "an identity" : "a provider")
          + " of that name: use via."
          + other.singular();
    }
    List<String> names = List.copyOf(map(via.part()).keySet());
    List<String> candidates = new ArrayList<>(names);
    for (AuthEntry entry : entries(via.part())) {
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
    for (AuthEntry start : entries(AuthPart.IDENTITIES)) {
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

  /** A kind that nothing supplies is reported once; one that is nearly a known one is an error. */
  private void checkKinds(AuthPart part) {
    Map<String, List<AuthEntry>> byKind = new LinkedHashMap<>();
    for (AuthEntry entry : entries(part)) {
      if (!entry.kind().isEmpty() && entry.type().isEmpty()) {
        byKind.computeIfAbsent(entry.kind(), kind -> new ArrayList<>()).add(entry);
      }
    }
    byKind.forEach((kind, those) -> checkKind(part, kind, those));
  }

  private void checkKind(AuthPart part, String kind, List<AuthEntry> those) {
    AuthEntry first = those.get(0);
    String more = those.size() == 1 ? "" : " (and " + (those.size() - 1) + " more)";
    String path = SchemaCheck.path(path(part, first.name()), AuthFields.KIND);
    AuthPart elsewhere = KindCatalog.elsewhere(services.kinds(), part, kind);
    if (first.isSupplied()) {
      problems.add(
          ConfigProblem.warning(
              path, first.kindPosition(), failing(part, kind), "see: atmos --logs-level Debug"));
      return;
    }
    List<String> nearest =
        KindCatalog.has(kind) ? List.of() : KindCatalog.nearest(services.kinds(), part, kind);
    String subject =
        "kind " + DisplayNames.quoted(kind) + " of " + part.singular() + " " + quoted(first) + more;
    if (elsewhere != null) {
      problems.add(
          ConfigProblem.error(
              path,
              first.kindPosition(),
              subject + " is a kind of " + elsewhere.key(),
              "known: " + DisplayNames.list(part.kinds(services.kinds()).names())));
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
              KindCatalog.hint(services.kinds(), part, kind)));
    }
  }

  /** Which plugin fails, in its own words. */
  private String failing(AuthPart part, String kind) {
    try {
      part.kinds(services.kinds()).find(kind).ifPresent(KindType::schema);
    } catch (dev.atmos.plugin.base.AtmosException e) {
      return e.sentence();
    }
    return "the schema of kind " + DisplayNames.quoted(kind) + " is not an object";
  }

  private static boolean says(ConfigValue value) {
    return !(value instanceof ConfigText text && text.isNull());
  }

  private static String subject(AuthEntry entry) {
    return entry.part().singular() + " " + quoted(entry) + " is of kind " + entry.kind();
  }

  private static String quoted(AuthEntry entry) {
    return DisplayNames.quoted(entry.name());
  }

  private static String viaPath(AuthEntry entry, Via via) {
    return SchemaCheck.path(
        SchemaCheck.path(path(entry.part(), entry.name()), AuthFields.VIA), via.part().singular());
  }

  private static String path(AuthPart part, String name) {
    return SchemaCheck.path(SchemaCheck.path(PATH, part.key()), name);
  }
}
