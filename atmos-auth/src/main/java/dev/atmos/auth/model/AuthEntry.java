package dev.atmos.auth.model;

import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.kind.Description;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.SchemaCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One provider, identity or integration of the configuration, as it is known without running or
 * reading anything. Made by {@link AuthGraph}.
 */
public final class AuthEntry {
  private final Services services;
  private final AuthPart part;
  private final String name;
  private final Position position;
  private final ConfigMap fields;
  private @Nullable Schema schema;
  private final @Nullable KindType type;
  private final boolean supplied;
  private final List<ConfigProblem> errors;
  private final Set<String> wrong;
  private final ConfigMap known;
  private final List<String> deferred = new ArrayList<>();
  private @Nullable ResolvedVia link;
  private @Nullable ConfigProblem broken;

  AuthEntry(
      Services services,
      AuthPart part,
      String name,
      Position position,
      ConfigMap fields,
      @Nullable KindType type,
      boolean supplied,
      List<ConfigProblem> errors) {
    this.services = services;
    this.part = part;
    this.name = name;
    this.position = position;
    this.fields = fields;
    this.type = type;
    this.supplied = supplied;
    this.errors = errors;
    this.wrong = errors.stream().map(ConfigProblem::path).collect(Collectors.toSet());
    String path = path();
    this.known =
        StaticValues.copy(
            fields,
            path,
            (at, value) -> {
              if (SchemaCheck.isDeferred(value)) {
                deferred.add(at.substring(path.length() + 1));
              }
              return wrong.contains(at) || isHidden(at, value);
            });
  }

  /** Whether a text is made by a tag and could be a secret. */
  private boolean isHidden(String at, ConfigValue value) {
    if (!(StaticValues.known(value) instanceof ConfigText text) || text.tag() == null) {
      return false;
    }
    String field = at.substring(at.lastIndexOf('.') + 1);
    String variable = text.variable() == null ? "" : text.variable();
    return !text.text().equalsIgnoreCase("true")
        && !text.text().equalsIgnoreCase("false")
        && !services.trust().isPublic(variable, field, text.text());
  }

  /** The text of a path of keys; null where it isn't there, is wrong, or can't be known. */
  @Nullable ConfigText text(String... keys) {
    ConfigValue at = fields;
    String path = path();
    for (String key : keys) {
      path = SchemaCheck.path(path, key);
      at = StaticValues.value(at, key);
      if (wrong.contains(path)) {
        return null;
      }
    }
    return at instanceof ConfigText text && !text.text().isEmpty() ? text : null;
  }

  /** The names of definitions. */
  public static List<String> names(List<AuthEntry> entries) {
    return entries.stream().map(AuthEntry::name).toList();
  }

  /** The part that it stands in. */
  public AuthPart part() {
    return part;
  }

  /** Its name, spelled as in the configuration. */
  public String name() {
    return name;
  }

  /** What messages call it: {@code identity 'dev'}. */
  String described() {
    return part.described(name);
  }

  /** Its path in the configuration. */
  String path() {
    return part.path(name);
  }

  /** The path of one of its fields. */
  String path(String field) {
    return SchemaCheck.path(path(), field);
  }

  /** Where its name was written. */
  public Position position() {
    return position;
  }

  /** Its kind; empty where the configuration doesn't say it. */
  public String kind() {
    ConfigText kind = text(AuthFields.KIND);
    return kind == null ? "" : supplied ? kind.text() : kind.shown();
  }

  /** Where its kind was written; where its name was, if it has none. */
  Position kindPosition() {
    ConfigText kind = text(AuthFields.KIND);
    return kind == null ? position : kind.position();
  }

  /** Whether a plugin supplies its kind. */
  public boolean isSupplied() {
    return supplied;
  }

  /** The type of its kind; empty where nothing supplies it, or its plugin fails. */
  public Optional<KindType> type() {
    return Optional.ofNullable(type);
  }

  /** What its kind may hold; empty where nothing supplies it. */
  public Optional<Schema> schema() {
    if (schema == null && type != null) {
      schema = AuthSchema.definition(part, type);
    }
    return Optional.ofNullable(schema);
  }

  /** Everything below its name, as it is written. */
  public ConfigMap fields() {
    return fields;
  }

  /** What is known below its name and may be shown; nothing that is wrong is in it. */
  public ConfigMap knownFields() {
    return known;
  }

  /** The paths of fields whose values are made only when they are used. */
  public List<String> deferred() {
    return Collections.unmodifiableList(deferred);
  }

  /** What is wrong with its fields. */
  public List<ConfigProblem> errors() {
    return errors;
  }

  /** Whether something is wrong with its fields. */
  public boolean isBroken() {
    return !errors.isEmpty();
  }

  /** Whether it is the default. */
  public boolean isDefault() {
    return StaticValues.flag(known, AuthFields.DEFAULT, false);
  }

  /** Its other name; null for none. */
  public @Nullable ConfigText alias() {
    return part == AuthPart.IDENTITIES ? text(AuthFields.ALIAS) : null;
  }

  /** What it can be selected by. */
  public List<String> tags() {
    return part == AuthPart.INTEGRATIONS ? List.of() : StaticValues.texts(known, AuthFields.TAGS);
  }

  /** Its {@code via} and where that leads; null where it has none. */
  public @Nullable ResolvedVia link() {
    return link;
  }

  /** The source of its credentials; empty where it has none, or its link can't be used. */
  public Optional<AuthEntry> parent() {
    return link != null && link.state() == ResolvedVia.State.SOUND ? target() : Optional.empty();
  }

  /** The target of its link, usable or not; empty where it leads nowhere. */
  public Optional<AuthEntry> target() {
    return link == null ? Optional.empty() : Optional.ofNullable(link.target());
  }

  /** The problem with its link, or with the lack of one; empty where it can be used. */
  public Optional<ConfigProblem> brokenLink() {
    return Optional.ofNullable(broken);
  }

  /** Why an integration belongs to no identity or provider; empty if it belongs to one. */
  public Optional<ConfigProblem> unlinked() {
    if (parent().isPresent()) {
      return Optional.empty();
    }
    return brokenLink()
        .or(() ->
            Optional.of(
                ConfigProblem.error(
                    path(),
                    position,
                    described() + " doesn't say whose credentials it is set up with",
                    "add: via: {identity: NAME}")));
  }

  /** Why it can't be used, one sentence each. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    String kind = kind();
    if (type == null && !kind.isEmpty()) {
      problems.add(
          supplied
              ? "the plugin that supplies kind '" + kind + "' fails"
              : KindCatalog.sentence(part, name, kind));
    }
    errors.forEach(error -> problems.add(error.sentence()));
    if (broken != null) {
      problems.add(broken.sentence());
    }
    return problems;
  }

  /** Who or what it is, as far as its kind says it without running anything. */
  public Description description() {
    if (type == null || isBroken()) {
      return Description.NONE;
    }
    try {
      return type.describe(Definitions.of(services, name, known));
    } catch (AtmosException e) {
      services.console().debug(e.sentence());
      return Description.NONE;
    }
  }

  /** What is wrong with it because of the identity or provider that it goes through. */
  List<ConfigProblem> problemsBehind() {
    KindType before = parent().flatMap(AuthEntry::type).orElse(null);
    if (before == null || isBroken() || !(type instanceof IdentityType identity)) {
      return List.of();
    }
    Definition definition = Definitions.of(services, name, known);
    List<ConfigProblem> problems = new ArrayList<>();
    try {
      identity
          .problemsBehind(definition, before)
          .forEach((field, sentence) ->
              problems.add(
                  ConfigProblem.error(path(field), definition.position(field), sentence, null)));
    } catch (AtmosException e) {
      services.console().debug(e.sentence());
    }
    return problems;
  }

  void link(@Nullable ResolvedVia resolved, @Nullable ConfigProblem problem) {
    link = resolved;
    broken = problem;
  }

  @Override
  public String toString() {
    return part.singular() + " " + name;
  }
}
