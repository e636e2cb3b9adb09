package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.Definitions;
import dev.atmos.auth.model.KindCatalog;
import dev.atmos.auth.model.NameMatcher;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
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

  /** Of the {@code auth} section that the services have. */
  ChainReader(Services services) {
    Optional<ConfigMap> section = services.configMap(AuthFields.AUTH);
    if (section.isEmpty()) {
      throw ChainFailures.noSection();
    }
    this.services = services;
    this.auth = section.get();
  }

  /**
   * The chain of an identity kind that needs no definition, such as what the environment offers.
   *
   * @throws dev.atmos.plugin.base.AtmosException if nothing supplies the kind
   */
  static Chain fallback(Services services, String kind) {
    Optional<IdentityType> type = services.kinds().identities().find(kind);
    if (type.isEmpty()) {
      throw new IllegalStateException("nothing supplies the fallback identity");
    }
    ConfigMap fields = new ConfigMap(Map.of(), ChainFailures.NOWHERE);
    Definition definition = Definitions.of(services, "", fields);
    List<ChainLink> links = new ArrayList<>(1);
    links.add(new ChainLink(type.get(), definition, type.get().create(definition, services)));
    return new Chain(null, links);
  }

  /**
   * The chain of an identity.
   *
   * @param name spelled as in the configuration
   */
  Chain identity(String name) {
    ConfigMap identities = auth.map(AuthFields.IDENTITIES).orElse(null);
    if (identities == null) {
      throw ChainFailures.unknownIdentity(name);
    }
    List<ChainLink> links = new ArrayList<>(4);
    String at = name;
    while (true) {
      if (links.size() > identities.entries().size()) {
        throw ChainFailures.broken(services, name);
      }
      ConfigMap fields = identities.map(at).orElse(null);
      if (fields == null) {
        throw identities.entries().containsKey(at)
            ? ChainFailures.noKind(AuthPart.IDENTITIES, at, identities.positionOf(at))
            : ChainFailures.unknownIdentity(at);
      }
      links.add(0, identityLink(at, fields, identities));
      ConfigValue via = value(fields, AuthFields.VIA);
      if (via == null) {
        return new Chain(realm(), links);
      }
      if (!(via instanceof ConfigMap link)) {
        throw ChainFailures.broken(services, name);
      }
      Optional<String> provider = link.text(AuthFields.PROVIDER);
      Optional<String> identity = link.text(AuthFields.IDENTITY);
      if (provider.isPresent() == identity.isPresent()) {
        throw ChainFailures.broken(services, name);
      }
      if (provider.isPresent()) {
        links.add(0, providerLink(provider.get(), name));
        return new Chain(realm(), links);
      }
      List<String> found =
          NameMatcher.find(
              identity.orElse(""),
              identities.entries().keySet(),
              new NameMatcher.ConfiguredAliases(identities));
      if (found.size() != 1) {
        throw ChainFailures.broken(services, name);
      }
      at = found.get(0);
    }
  }

  /**
   * A provider, as a chain of one step.
   *
   * @param name spelled as in the configuration
   */
  Chain provider(String name) {
    ConfigMap providers = auth.map(AuthFields.PROVIDERS).orElse(null);
    if (providers == null || !providers.entries().containsKey(name)) {
      throw ChainFailures.unknownProvider(name);
    }
    List<ChainLink> links = new ArrayList<>(1);
    links.add(providerLink(name, null));
    return new Chain(realm(), links);
  }

  private ChainLink providerLink(String wanted, @Nullable String forIdentity) {
    ConfigMap providers = auth.map(AuthFields.PROVIDERS).orElse(null);
    List<String> found =
        providers == null
            ? List.of()
            : NameMatcher.find(wanted, providers.entries().keySet(), null);
    if (providers == null || found.size() != 1) {
      throw forIdentity == null
          ? ChainFailures.unknownProvider(wanted)
          : ChainFailures.broken(services, forIdentity);
    }
    String name = found.get(0);
    ConfigMap fields = providers.map(name).orElse(null);
    String kind = kind(AuthPart.PROVIDERS, name, fields, providers);
    Optional<ProviderType> type = services.kinds().providers().find(kind);
    if (type.isEmpty() || fields == null) {
      throw unsupplied(AuthPart.PROVIDERS, name, kind, fields);
    }
    Definition definition = Definitions.of(services, name, fields);
    return new ChainLink(type.get(), definition, type.get().create(definition, services));
  }

  private ChainLink identityLink(String name, ConfigMap fields, ConfigMap identities) {
    String kind = kind(AuthPart.IDENTITIES, name, fields, identities);
    Optional<IdentityType> type = services.kinds().identities().find(kind);
    if (type.isEmpty()) {
      throw unsupplied(AuthPart.IDENTITIES, name, kind, fields);
    }
    Definition definition = Definitions.of(services, name, fields);
    return new ChainLink(type.get(), definition, type.get().create(definition, services));
  }

  private RuntimeException unsupplied(
      AuthPart part, String name, String kind, @Nullable ConfigMap fields) {
    return KindCatalog.failure(
        services.kinds(),
        part,
        name,
        kind,
        fields == null ? auth.position() : fields.positionOf(AuthFields.KIND));
  }

  private static String kind(
      AuthPart part, String name, @Nullable ConfigMap fields, ConfigMap definitions) {
    Optional<String> kind = fields == null ? Optional.empty() : fields.text(AuthFields.KIND);
    if (kind.isEmpty() || kind.get().isEmpty()) {
      throw ChainFailures.noKind(part, name, definitions.positionOf(name));
    }
    return kind.get();
  }

  private @Nullable String realm() {
    Optional<String> variable = services.environment().nonEmpty(REALM_VARIABLE);
    return variable.isPresent() ? variable.get() : auth.text(AuthFields.REALM).orElse(null);
  }

  private static @Nullable ConfigValue value(ConfigMap fields, String key) {
    ConfigMap.Entry entry = fields.entries().get(key);
    if (entry == null) {
      return null;
    }
    ConfigValue value = entry.value();
    return value instanceof ConfigText text && text.isNull() ? null : value;
  }
}
