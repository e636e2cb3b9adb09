package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.AuthSchema;
import dev.atmos.auth.model.Definitions;
import dev.atmos.auth.model.NameMatcher;
import dev.atmos.auth.model.ResolvedVia;
import dev.atmos.plugin.auth.ChainStep;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code via} from an identity to its root and makes the step of each definition. The rest
 * of the section isn't read and nothing is checked; what is wrong is explained by {@link
 * ChainFailures}, which reads all of it. On the token path.
 */
final class ChainReader {
  static final String REALM_VARIABLE = "ATMOS_AUTH_REALM";

  private final Services services;
  private final ConfigMap auth;
  private final boolean makesValues;

  /** Of the {@code auth} section that the services have. */
  ChainReader(Services services) {
    this(services, true);
  }

  /**
   * @param makesValues whether the values of tags are made; else a chain that has one can't be read
   */
  ChainReader(Services services, boolean makesValues) {
    Optional<ConfigMap> section = services.configMap(AuthFields.AUTH);
    if (section.isEmpty()) {
      throw ChainFailures.noSection();
    }
    this.services = services;
    this.auth = section.get();
    this.makesValues = makesValues;
  }

  /** The chain of an identity; null for what the environment offers. */
  static Chain of(Services services, @Nullable String identity) {
    return identity == null
        ? fallback(services, services.kinds().fallbackIdentity().orElseThrow())
        : new ChainReader(services).identity(identity);
  }

  /**
   * The chain of an identity kind that needs no definition, such as what the environment offers.
   *
   * @throws java.util.NoSuchElementException if nothing supplies the kind
   */
  static Chain fallback(Services services, String kind) {
    IdentityType type = services.kinds().identities().find(kind).orElseThrow();
    ConfigMap fields = new ConfigMap(Map.of(), ChainFailures.NOWHERE);
    Definition definition = Definitions.of(services, "", fields);
    ChainStep step = type.create(definition, services);
    return new Chain(null, List.of(new ChainLink(AuthPart.IDENTITIES, type, definition, step)));
  }

  /**
   * The chain of an identity.
   *
   * @param name spelled as in the configuration
   */
  Chain identity(String name) {
    ConfigMap identities = section(AuthFields.IDENTITIES);
    List<ChainLink> links = new ArrayList<>(4);
    String at = name;
    while (true) {
      if (links.size() == ResolvedVia.LONGEST_CHAIN) {
        throw ChainFailures.broken(services, name);
      }
      ChainLink link = link(AuthPart.IDENTITIES, at, identities);
      links.addFirst(link);
      ConfigMap.Entry written =
          ConfigDefinition.fields(link.definition()).entries().get(AuthFields.VIA);
      if (written == null || (written.value() instanceof ConfigText text && text.isNull())) {
        return new Chain(realm(), links);
      }
      if (!(written.value() instanceof ConfigMap via)) {
        throw ChainFailures.broken(services, name);
      }
      Optional<String> provider = via.text(AuthFields.PROVIDER);
      Optional<String> identity = via.text(AuthFields.IDENTITY);
      if (provider.isPresent() == identity.isPresent()) {
        throw ChainFailures.broken(services, name);
      }
      if (provider.isPresent()) {
        ConfigMap providers = section(AuthFields.PROVIDERS);
        String root = only(provider.get(), providers, null, name);
        links.addFirst(link(AuthPart.PROVIDERS, root, providers));
        return new Chain(realm(), links);
      }
      NameMatcher.Aliases aliases =
          makesValues ? new NameMatcher.ConfiguredAliases(identities) : null;
      at = only(identity.orElse(""), identities, aliases, name);
    }
  }

  /**
   * A provider, as a chain of one step.
   *
   * @param name spelled as in the configuration
   */
  Chain provider(String name) {
    ChainLink link = link(AuthPart.PROVIDERS, name, section(AuthFields.PROVIDERS));
    return new Chain(realm(), List.of(link));
  }

  private ConfigMap section(String key) {
    return auth.map(key).orElse(new ConfigMap(Map.of(), auth.position()));
  }

  /** The only definition that a {@code via} in the chain of an identity can stand for. */
  private String only(
      String wanted,
      ConfigMap definitions,
      NameMatcher.@Nullable Aliases aliases,
      String identity) {
    List<String> found = NameMatcher.find(wanted, definitions.entries().keySet(), aliases);
    if (found.size() != 1) {
      throw ChainFailures.broken(services, identity);
    }
    return found.get(0);
  }

  private ChainLink link(AuthPart part, String name, ConfigMap definitions) {
    if (!definitions.entries().containsKey(name)) {
      throw ChainFailures.unknown(part, name);
    }
    requireNoTag(definitions.entries().get(name));
    ConfigMap fields = definitions.map(name).orElse(null);
    if (fields == null) {
      throw ChainFailures.noKind(part, name, definitions.positionOf(name));
    }
    Definition definition = Definitions.of(services, name, fields, auth);
    // Messages name the kind, which mustn't be a variable that holds a secret.
    String kind = definition.text(AuthFields.KIND).orElse("");
    if (kind.isEmpty()) {
      throw ChainFailures.noKind(part, name, definitions.positionOf(name));
    }
    // No switch over the enumeration: it would load one more class.
    if (part == AuthPart.PROVIDERS) {
      Optional<ProviderType> type = services.kinds().providers().find(kind);
      if (type.isPresent()) {
        return new ChainLink(part, type.get(), definition, type.get().create(definition, services));
      }
    } else {
      Optional<IdentityType> type = services.kinds().identities().find(kind);
      if (type.isPresent()) {
        return new ChainLink(part, type.get(), definition, type.get().create(definition, services));
      }
    }
    throw ChainFailures.noType(services, part, name, fields);
  }

  private void requireNoTag(ConfigMap.@Nullable Entry entry) {
    if (!makesValues && entry != null && hasTag(entry.value())) {
      throw entry.value().position().error("the value of a tag isn't made here");
    }
  }

  private static boolean hasTag(ConfigValue value) {
    if (value instanceof ConfigMap map) {
      for (ConfigMap.Entry entry : map.entries().values()) {
        if (hasTag(entry.value())) {
          return true;
        }
      }
    } else if (value instanceof ConfigList list) {
      for (ConfigValue item : list.items()) {
        if (hasTag(item)) {
          return true;
        }
      }
    }
    return value instanceof DeferredValue;
  }

  private @Nullable String realm() {
    Optional<String> variable = services.environment().nonEmpty(REALM_VARIABLE);
    if (variable.isPresent()) {
      return variable.get();
    }
    ConfigMap.Entry entry = auth.entries().get(AuthFields.REALM);
    requireNoTag(entry);
    String realm = auth.text(AuthFields.REALM).orElse(null);
    if (entry == null || realm == null || realm.isEmpty()) {
      return realm;
    }
    if (entry.value() instanceof ConfigText text && text.variable() != null) {
      services
          .trust()
          .requireVariable(text.position(), text.variable(), AuthFields.REALM, text.text());
    }
    if (!isRealm(realm)) {
      throw entry.value().position().error("'realm' must be " + AuthSchema.REALM_FORMAT);
    }
    return realm;
  }

  /** By its characters, as a regular expression would cost each token more. */
  private static boolean isRealm(String text) {
    boolean open = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letter && !(open && (c == '-' || c == '_'))) {
        return false;
      }
      open = letter;
    }
    return open && text.length() <= 64;
  }
}
