package dev.atmos.auth.chain;

import dev.atmos.auth.config.Keys;
import dev.atmos.auth.config.NameRules;
import dev.atmos.services.Services;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.services.kind.IdentityTypes;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderSpec;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.services.kind.ProviderTypes;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads who goes through whom, and of each no more than its kind asks for: the rest of the section
 * isn't checked. What is wrong is explained by {@link ChainFailures}, which reads all of it. On the
 * token path.
 */
final class ChainReader {
  static final String REALM_VARIABLE = "ATMOS_AUTH_REALM";

  private final Services context;
  private final ConfigMap auth;

  /** Of the {@code auth} section that the context has. */
  ChainReader(Services context) {
    Optional<ConfigMap> section = context.configMap(Keys.AUTH);
    if (section.isEmpty()) {
      throw ChainFailures.noSection();
    }
    this.context = context;
    this.auth = section.get();
  }

  /**
   * The way to an identity.
   *
   * @param name spelt as in the configuration
   */
  Chain identity(String name) {
    ConfigMap identities = section(Keys.IDENTITIES);
    if (identities == null) {
      throw ChainFailures.unknownIdentity(name);
    }
    List<Link> links = new ArrayList<>(4);
    String at = name;
    while (true) {
      if (links.size() > identities.entries().size()) {
        throw ChainFailures.broken(auth, name);
      }
      ConfigMap fields = identities.map(at).orElse(null);
      if (fields == null) {
        throw identities.entries().containsKey(at)
            ? ChainFailures.noKind(at, identities.positionOf(at))
            : ChainFailures.unknownIdentity(at);
      }
      links.add(0, new Link(at, kind(at, fields, identities), identity(at, fields, identities)));
      ConfigValue via = value(fields, Keys.VIA);
      if (via == null) {
        return new Chain(realm(), links);
      }
      if (!(via instanceof ConfigMap link)) {
        throw ChainFailures.broken(auth, name);
      }
      Optional<String> provider = link.text("provider");
      Optional<String> identity = link.text("identity");
      if (provider.isPresent() == identity.isPresent()) {
        throw ChainFailures.broken(auth, name);
      }
      if (provider.isPresent()) {
        links.add(0, providerLink(provider.get(), name));
        return new Chain(realm(), links);
      }
      List<String> found =
          NameRules.find(
              identity.orElse(""), identities.entries().keySet(), new Aliases(identities));
      if (found.size() != 1) {
        throw ChainFailures.broken(auth, name);
      }
      at = found.get(0);
    }
  }

  /**
   * A provider, as a chain of nobody else.
   *
   * @param name spelt as in the configuration
   */
  Chain provider(String name) {
    ConfigMap providers = section(Keys.PROVIDERS);
    if (providers == null || !providers.entries().containsKey(name)) {
      throw ChainFailures.unknownProvider(name);
    }
    List<Link> links = new ArrayList<>(1);
    links.add(providerLink(name, null));
    return new Chain(realm(), links);
  }

  private Link providerLink(String wanted, @Nullable String forIdentity) {
    ConfigMap providers = section(Keys.PROVIDERS);
    List<String> found =
        providers == null ? List.of() : NameRules.find(wanted, providers.entries().keySet(), null);
    if (providers == null || found.size() != 1) {
      throw forIdentity == null
          ? ChainFailures.unknownProvider(wanted)
          : ChainFailures.broken(auth, forIdentity);
    }
    String name = found.get(0);
    ConfigMap fields = providers.map(name).orElse(null);
    Optional<String> kind = fields == null ? Optional.empty() : fields.text(Keys.KIND);
    if (fields == null || kind.isEmpty() || kind.get().isEmpty()) {
      throw ChainFailures.providerWithoutKind(name, providers.positionOf(name));
    }
    ProviderTypes types = context.service(ProviderTypes.class);
    Optional<ProviderType> type = types.findProvider(kind.get());
    if (type.isEmpty()) {
      throw ChainFailures.noProviderPlugin(
          name, kind.get(), fields.positionOf(Keys.KIND), types.providerKinds());
    }
    Provider provider = type.get().create(new ProviderSpec(name, kind.get(), fields), context);
    return new Link(name, kind.get(), provider);
  }

  private Identity identity(String name, ConfigMap fields, ConfigMap identities) {
    String kind = kind(name, fields, identities);
    IdentityTypes types = context.service(IdentityTypes.class);
    Optional<IdentityType> type = types.find(kind);
    if (type.isEmpty()) {
      throw ChainFailures.noPlugin(name, kind, fields.positionOf(Keys.KIND), types.kinds());
    }
    return type.get().create(new IdentitySpec(name, kind, fields), context);
  }

  private static String kind(String name, ConfigMap fields, ConfigMap identities) {
    Optional<String> kind = fields.text(Keys.KIND);
    if (kind.isEmpty() || kind.get().isEmpty()) {
      throw ChainFailures.noKind(name, identities.positionOf(name));
    }
    return kind.get();
  }

  private @Nullable String realm() {
    Optional<String> variable = context.environment().nonEmpty(REALM_VARIABLE);
    return variable.isPresent() ? variable.get() : auth.text("realm").orElse(null);
  }

  private @Nullable ConfigMap section(String key) {
    return auth.map(key).orElse(null);
  }

  private static @Nullable ConfigValue value(ConfigMap fields, String key) {
    ConfigMap.Entry entry = fields.entries().get(key);
    if (entry == null) {
      return null;
    }
    ConfigValue value = entry.value();
    return value instanceof ConfigText text && text.isNull() ? null : value;
  }

  /** A class, because the first lambda of a process costs more than one. */
  private record Aliases(ConfigMap identities) implements NameRules.Aliases {
    @Override
    public @Nullable String of(String name) {
      ConfigMap.Entry identity = identities.entries().get(name);
      if (identity != null && identity.value() instanceof ConfigMap fields) {
        return fields.text(Keys.ALIAS).orElse(null);
      }
      return null;
    }
  }
}
