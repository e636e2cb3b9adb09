package dev.atmos.auth.model;

import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.Services;
import dev.atmos.services.auth.BrowserField;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.LineText;
import dev.atmos.services.kind.Kinds;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code auth} section may hold: the fields that all definitions have, and of each kind
 * those that its type declares. Never on the token path.
 */
public final class AuthSchema {

  /** What a realm looks like. */
  public static final String REALM_FORMAT =
      "1 to 64 lower-case letters and digits, with single '-' or '_' between them";

  /** The shortest session of the web console. */
  public static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);

  /** The longest session of the web console. */
  public static final Duration LONGEST_SESSION = Duration.ofHours(12);

  /** Names hold those of accounts, roles and clusters. */
  private static final int LONGEST_NAME = 512;

  private static final int LONGEST_PATH = 1024;

  private AuthSchema() {}

  /**
   * The schema of the section: of the kinds of built-in plugins, and of those of third parties that
   * the section uses. A kind whose plugin fails counts as one that nothing supplies.
   */
  public static Schema of(Services services, @Nullable ConfigMap section) {
    return of(services, section, true);
  }

  /**
   * As much of it as the check of a section needs: to make the schemas of all kinds takes longer
   * than the rest of a listing.
   */
  static Schema toCheck(Services services, @Nullable ConfigMap section) {
    return of(services, section, false);
  }

  private static Schema of(Services services, @Nullable ConfigMap section, boolean all) {
    Schema level =
        Schema.choice("How much is logged of signing in.", "Debug", "Info", "Warn", "Error");
    Schema schema =
        Schema.object(
                "Providers to sign in with, identities to work as, and what is set up with them.")
            .optional(AuthFields.REALM, realm())
            .withDescription("logs", "What is logged of signing in.")
            .optional("logs.level", level)
            .optional(
                "logs.file", LineText.schema("Read for compatibility, and not used.", LONGEST_PATH))
            .optional(
                AuthFields.KEYRING,
                all || StaticValues.value(section, AuthFields.KEYRING) != null
                    ? keyring(services, section)
                    : Schema.object(""))
            .withDescription("console", "How the web console is opened.")
            .optional(
                AuthFields.CONSOLE_ISOLATED,
                offByDefault("Opens the web console in a session of its own."))
            .optional(
                AuthFields.CONSOLE_ISOLATED_SESSIONS,
                Schema.flag("Another name of isolated, which takes precedence."))
            .optional(AuthFields.CONSOLE_BROWSER, BrowserField.schema())
            .optional(
                AuthFields.CONSOLE_ADD_ON,
                Schema.choice(
                        "The add-on that opens the containers of Firefox: Open external links in a"
                            + " container, or Granted Containers.",
                        "container",
                        "granted")
                    .withDefault("container"));
    for (AuthPart part : AuthPart.values()) {
      Schema definition = anyDefinition(services, section, part, all);
      schema = schema.optional(part.key(), Schema.map(part.purpose() + ", by name.", definition));
    }
    return schema;
  }

  /** A realm; also what {@code ATMOS_AUTH_REALM} may hold. */
  public static Schema realm() {
    return Schema.text("Keeps the credentials of this configuration apart from those of others.")
        .withPattern("(?=.{1,64}$)[a-z0-9]+(?:[_-][a-z0-9]+)*", REALM_FORMAT)
        .withExample("acme-platform");
  }

  /** A type of keyring; also what {@code ATMOS_KEYRING_TYPE} may hold. */
  public static Schema keyringType(Services services) {
    return Schema.choice(
            "Which store is used, and no other: the operating system's keyring, files under a"
                + " password, files that only the user can read, the memory of the process, none,"
                + " or one that a plugin supplies.",
            services.kinds().stores().names().toArray(new String[0]))
        .withDefault("system")
        .withEffect(Effect.PROTECTION);
  }

  private static Schema keyring(Services services, @Nullable ConfigMap section) {
    Schema settings = Schema.object("Settings of the keyring.");
    ConfigText wanted =
        StaticValues.text(section, AuthFields.KEYRING + "." + AuthFields.KEYRING_TYPE);
    Kinds<? extends KindType> stores = services.kinds().stores();
    List<String> names = new ArrayList<>(stores.builtInNames());
    if (wanted != null && stores.names().contains(wanted.text())) {
      // The settings of another store may stay in the file, so those of all stores are known.
      names.add(0, wanted.text());
    }
    for (String name : names) {
      Optional<? extends KindType> type = find(services, stores, name);
      if (type.isPresent()) {
        settings = settings.and(type.get().schema());
      }
    }
    return Schema.object("Where sign-ins are kept.")
        .optional(AuthFields.KEYRING_TYPE, keyringType(services))
        .optional(AuthFields.SPEC, settings);
  }

  private static Schema anyDefinition(
      Services services, @Nullable ConfigMap section, AuthPart part, boolean all) {
    Kinds<? extends KindType> kinds = part.kinds(services.kinds());
    TreeSet<String> wanted = new TreeSet<>();
    if (StaticValues.value(section, part.key()) instanceof ConfigMap definitions) {
      for (String name : definitions.keys()) {
        ConfigText kind = StaticValues.text(StaticValues.value(definitions, name), AuthFields.KIND);
        if (kind != null) {
          wanted.add(kind.text());
        }
      }
    }
    // Other kinds are offered where one is unknown.
    if (wanted.retainAll(kinds.names()) || all) {
      wanted.addAll(kinds.builtInNames());
    }
    Map<String, Schema> known = new LinkedHashMap<>();
    for (String kind : wanted) {
      Optional<? extends KindType> type = find(services, kinds, kind);
      if (type.isPresent()) {
        known.put(kind, definition(part, type.get()));
      }
    }
    return Schema.byKind(
        part.purpose() + ".",
        known,
        Schema.object("A definition of a kind that no plugin supplies.")
            .required(AuthFields.KIND, Schema.text(part.purposeOfKind()))
            .and(opened(common(part, Accepts.anything(), false))));
  }

  /** The type of a kind; empty where no plugin supplies it, or its plugin fails. */
  static Optional<? extends KindType> find(
      Services services, Kinds<? extends KindType> kinds, String kind) {
    try {
      return load(kinds, kind);
    } catch (AtmosException e) {
      services.console().debug("kind " + kind + ": " + e.sentence());
      return Optional.empty();
    }
  }

  /**
   * The type of a kind, which has answered whatever the check of a section asks.
   *
   * @throws AtmosException if its plugin fails
   */
  static Optional<? extends KindType> load(Kinds<? extends KindType> kinds, String kind) {
    Optional<? extends KindType> type = kinds.find(kind);
    if (type.isEmpty()) {
      return type;
    }
    // It may be a guest's, which fails when it is called.
    if (type.get().schema().type() != Schema.Type.OBJECT) {
      throw new AtmosException(
          ExitCode.PLUGIN, "the schema of kind " + DisplayNames.quoted(kind) + " is not an object");
    }
    if (type.get() instanceof IdentityType identity) {
      identity.accepts();
    } else if (type.get() instanceof ProviderType provider) {
      provider.grants();
    }
    return type;
  }

  /** What a definition of a kind may hold. */
  static Schema definition(AuthPart part, KindType type) {
    Accepts accepts =
        type instanceof IdentityType identity ? identity.accepts() : Accepts.anything();
    Schema own = type.schema();
    Schema shared = common(part, accepts, true);
    return Schema.object(own.description())
        .required(AuthFields.KIND, Schema.choice(part.purposeOfKind(), type.kind()))
        .and(own)
        .and(own.isOpen() ? opened(shared) : shared);
  }

  /** Where a kind doesn't declare its fields, the mappings that all kinds have may hold some. */
  private static Schema opened(Schema shared) {
    Schema opened = shared;
    for (Schema.Field field : shared.fields()) {
      if (field.schema().type() == Schema.Type.OBJECT && !field.name().equals(AuthFields.VIA)) {
        opened = opened.optional(field.name(), field.schema().withOtherKeys());
      }
    }
    return opened.withOtherKeys();
  }

  /**
   * The fields that all definitions of a part have, but for the kind.
   *
   * @param supplied whether a plugin supplies the kind, so that it is known what it needs
   */
  private static Schema common(AuthPart part, Accepts accepts, boolean supplied) {
    return switch (part) {
      case PROVIDERS ->
          Schema.object("")
              .optional(AuthFields.DEFAULT, offByDefault("Shown, and of no other effect."))
              .withDescription("session", "How long a sign-in lasts.")
              .optional(
                  AuthFields.SESSION_DURATION, duration("How long a sign-in lasts.", "session"))
              .withDescription("console", "The web console of the provider.")
              .optional(
                  AuthFields.CONSOLE_DURATION,
                  duration("How long a session of the web console lasts.", "console session")
                      .withRange(SHORTEST_SESSION, LONGEST_SESSION))
              .optional(AuthFields.TAGS, tags("What the provider can be selected by."));
      case IDENTITIES -> identity(accepts);
      case INTEGRATIONS -> {
        String purpose = "Whose credentials it is set up with: an identity's, or a provider's.";
        Schema via = via(purpose, Accepts.anything());
        Schema fields = Schema.object("");
        yield (supplied
                ? fields.required(AuthFields.VIA, via)
                : fields.optional(AuthFields.VIA, via))
            .withDescription(AuthFields.SPEC, "Settings of the integration.")
            .optional(
                AuthFields.AUTO_PROVISION,
                Schema.flag("Sets it up at each sign-in.")
                    .withDefault("true")
                    .withLabel("at sign-in"));
      }
    };
  }

  private static Schema offByDefault(String description) {
    return Schema.flag(description).withDefault("false");
  }

  private static Schema duration(String description, String label) {
    return Schema.duration(description).withExample("8h").withLabel(label);
  }

  private static Schema identity(Accepts accepts) {
    Schema fields =
        Schema.object("")
            .optional(AuthFields.DEFAULT, offByDefault("Used where no identity is named."))
            .optional("required", offByDefault("Read for compatibility, and not used."))
            .optional(
                AuthFields.ALIAS,
                LineText.schema("Another name of the identity.", LONGEST_NAME).withExample("prod"));
    if (accepts.takesProviders() || accepts.takesIdentities()) {
      fields = fields.optional(AuthFields.VIA, via("What its credentials come from.", accepts));
    }
    return fields
        .withDescription("session", "How long a session of the identity lasts.")
        .optional(
            AuthFields.SESSION_DURATION,
            duration("How long a session of the identity lasts.", "session"))
        .optional(
            AuthFields.PROVIDER,
            LineText.schema(
                    "The provider that discovered the identity, for information.", LONGEST_NAME)
                .withExample("sso")
                .withLabel("provisioned by"))
        .optional(
            "emulator",
            LineText.schema("The emulator that the identity stands for.", LONGEST_NAME)
                .withExample("local")
                .withLabel("emulator"))
        .optional(AuthFields.ENV, env())
        .optional(AuthFields.TAGS, tags("What the identity can be selected by."));
  }

  private static Schema env() {
    Schema byName = Schema.variables("Variables, by name.");
    Schema variable =
        Schema.object("A variable.")
            .required(
                "key",
                Schema.text("The variable's name.")
                    .withPattern("[!-<>-~]+", "the name of an environment variable")
                    .withExample("AWS_PAGER"))
            .optional("value", byName.item());
    return Schema.oneOf(
            "Variables for programs that are run with the identity.",
            Schema.list("Variables, in order.", variable),
            byName)
        .withLabel("variables");
  }

  private static Schema tags(String description) {
    return Schema.list(description, LineText.schema("A tag.", LONGEST_NAME).withExample("prod"))
        .withLabel("tags");
  }

  private static Schema via(String description, Accepts accepts) {
    // Both are fields wherever one is, so that the wrong one is refused with a reason.
    return Schema.object(description)
        .optional(
            AuthFields.PROVIDER,
            LineText.schema(
                    accepts.takesProviders()
                        ? "The name of a provider."
                        : "Refused: it goes through an identity.",
                    LONGEST_NAME)
                .withExample("sso"))
        .optional(
            AuthFields.IDENTITY,
            LineText.schema(
                    accepts.takesIdentities()
                        ? "The name of an identity."
                        : "Refused: it goes through a provider.",
                    LONGEST_NAME)
                .withExample("base"))
        .withRule("", Schema.RuleType.ANY_OF, AuthFields.PROVIDER, AuthFields.IDENTITY);
  }
}
