package dev.atmos.auth.model;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.kind.Description;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.SchemaCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One provider, identity or integration of the configuration, as it is known without running or
 * reading anything. Made by {@link AuthGraph}.
 */
public final class AuthEntry {
  private final AuthPart part;
  private final String name;
  private final Position position;
  private final ConfigMap fields;
  private final ConfigMap known;
  private final String kind;
  private final Position kindPosition;
  private final @Nullable KindType type;
  private final boolean supplied;
  private final List<String> deferred;
  private final List<ConfigProblem> errors;
  private final @Nullable Via via;
  private final Services services;
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
    this.errors = List.copyOf(errors);
    List<String> wrong = new ArrayList<>();
    for (ConfigProblem error : errors) {
      wrong.add(error.path());
    }
    List<String> made = new ArrayList<>();
    String path = SchemaCheck.path(SchemaCheck.path(AuthFields.AUTH, part.key()), name);
    this.known =
        StaticValues.copy(
            fields,
            path,
            (at, value) -> {
              if (SchemaCheck.isDeferred(value)) {
                made.add(at.substring(path.length() + 1));
              }
              return wrong.contains(at);
            });
    this.deferred = List.copyOf(made);
    ConfigText kindText = StaticValues.text(known, AuthFields.KIND);
    this.kind = kindText == null ? "" : kindText.text();
    this.kindPosition = kindText == null ? position : kindText.position();
    this.via = via(known);
  }

  private static @Nullable Via via(ConfigMap fields) {
    ConfigText provider = StaticValues.text(fields, AuthFields.VIA + "." + AuthFields.PROVIDER);
    ConfigText identity = StaticValues.text(fields, AuthFields.VIA + "." + AuthFields.IDENTITY);
    if ((provider == null) == (identity == null)) {
      return null;
    }
    ConfigText name = provider == null ? identity : provider;
    return name == null
        ? null
        : new Via(
            provider == null ? AuthPart.IDENTITIES : AuthPart.PROVIDERS,
            name.text(),
            name.position());
  }

  /** The part that it stands in. */
  public AuthPart part() {
    return part;
  }

  /** Its name, spelled as in the configuration. */
  public String name() {
    return name;
  }

  /** Where its name was written. */
  public Position position() {
    return position;
  }

  /** Its kind; empty where the configuration doesn't say it. */
  public String kind() {
    return kind;
  }

  /** Where its kind was written; where its name was, if there is none. */
  public Position kindPosition() {
    return kindPosition;
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
    return type().map(known -> AuthSchema.definition(part, known));
  }

  /** Everything below its name, as it is written. */
  public ConfigMap fields() {
    return fields;
  }

  /** What is known below its name without running anything; nothing that is wrong is in it. */
  public ConfigMap knownFields() {
    return known;
  }

  /** The paths of fields whose values are made only when they are used. */
  public List<String> deferred() {
    return deferred;
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
    return part == AuthPart.IDENTITIES ? StaticValues.text(known, AuthFields.ALIAS) : null;
  }

  /** What it can be selected by. */
  public List<String> tags() {
    return part == AuthPart.INTEGRATIONS ? List.of() : StaticValues.texts(known, AuthFields.TAGS);
  }

  /** What it gets its credentials from, as it is written; null where that isn't said. */
  public @Nullable Via via() {
    return part == AuthPart.PROVIDERS ? null : via;
  }

  /** Where {@link #via} leads; null where there is none. */
  public @Nullable ResolvedVia link() {
    return link;
  }

  /** What it gets its credentials from; empty where that is nothing, or its link can't be used. */
  public Optional<AuthEntry> parent() {
    ResolvedVia known = link;
    return known == null || known.state() != ResolvedVia.State.SOUND
        ? Optional.empty()
        : Optional.ofNullable(known.target());
  }

  /** What its link leads to, be it usable or not; empty where it leads nowhere. */
  public Optional<AuthEntry> target() {
    ResolvedVia known = link;
    return known == null ? Optional.empty() : Optional.ofNullable(known.target());
  }

  /** The problem with its link, or with its having none; empty where it can be used. */
  public Optional<ConfigProblem> brokenLink() {
    return Optional.ofNullable(broken);
  }

  /** Why it can't be used, one sentence each. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!supplied && !kind.isEmpty()) {
      problems.add(KindCatalog.sentence(part, name, kind));
    } else if (type == null && !kind.isEmpty()) {
      problems.add("the plugin that supplies kind '" + kind + "' fails");
    }
    for (ConfigProblem error : errors) {
      problems.add(error.sentence());
    }
    if (broken != null) {
      problems.add(broken.sentence());
    }
    return problems;
  }

  /** Who or what it is, as far as its kind says it; nothing is run for it. */
  public Description description() {
    if (type == null || isBroken()) {
      return Description.NONE;
    }
    try {
      return type.describe(definition(known));
    } catch (AtmosException e) {
      services.console().debug(e.sentence());
      return Description.NONE;
    }
  }

  private ConfigDefinition definition(ConfigMap map) {
    return Definitions.of(services, name, map);
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
