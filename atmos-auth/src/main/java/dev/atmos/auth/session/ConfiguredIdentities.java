package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.NameMatcher;
import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identities below {@code auth.identities}, by {@link NameMatcher}. Reads no more of the
 * section than the question needs. On the token path.
 */
final class ConfiguredIdentities implements Identities {
  static final String VARIABLE = "ATMOS_IDENTITY";

  private final Services services;
  private final AuthEngine engine;

  ConfiguredIdentities(AuthEngine engine) {
    this.services = engine.services();
    this.engine = engine;
  }

  @Override
  public Grant grant(@Nullable String name) {
    return grant(chain(select(name)));
  }

  @Override
  public AwsCredentials credentials(@Nullable String name) {
    Chain chain = chain(select(name));
    return chain.credentials(grant(chain));
  }

  @Override
  public Optional<String> nameOf(@Nullable String name) {
    return Optional.ofNullable(select(name));
  }

  @Override
  public Optional<String> regionOf(@Nullable String identity) {
    return chain(identity).region();
  }

  private Chain chain(@Nullable String name) {
    return ChainReader.of(services, name);
  }

  private Grant grant(Chain chain) {
    Optional<Policy> policy = services.policy();
    if (policy.isPresent()) {
      ChainPolicy.require(policy.get(), chain);
    }
    Grant cached = cached(chain);
    Grant grant = cached != null ? cached : engine.sessions().silent(chain).grant();
    if (policy.isPresent()) {
      ChainPolicy.require(policy.get(), chain, grant);
    }
    return grant;
  }

  /**
   * Cached credentials that are valid long enough, or the grant of an identity that needs no other
   * step and caches nothing; null if the grant must be renewed. Nearly every token gets its grant
   * here, without a lock, a network or the classes that these need.
   */
  private @Nullable Grant cached(Chain chain) {
    ChainLink link = chain.target();
    if (chain.size() == 1) {
      // A key of the configuration signs by itself, so that a token needs no network.
      Optional<Grant> source = link.step().source(new StandaloneRequest(), null);
      if (source.isPresent()) {
        return source.get();
      }
    }
    Fingerprint fingerprint = chain.cachedUnder(chain.last());
    if (fingerprint == null) {
      return chain.size() == 1 && link.type().unavailable(services).isEmpty()
          ? granted(link)
          : null;
    }
    AwsCredentials cached;
    try {
      cached = new RoleCredentialFiles(services).read(fingerprint).orElse(null);
    } catch (AtmosException e) {
      // Corrupt; the next credentials replace it.
      return null;
    }
    Instant expiresAt = cached == null ? null : cached.expiresAt();
    Instant needed = services.clock().instant().plusSeconds(ChainRefresher.MARGIN_SECONDS);
    return expiresAt != null && expiresAt.isAfter(needed) ? cached : null;
  }

  private static Grant granted(ChainLink link) {
    try {
      return link.step().grant(new StandaloneRequest());
    } catch (GrantRefusedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw DefinitionCheck.explained(link, e);
    }
  }

  /** The name of the identity to use; null for what the environment offers. */
  private @Nullable String select(@Nullable String name) {
    if (name != null && name.isEmpty()) {
      throw ChainFailures.emptyName();
    }
    boolean fromVariable = name == null;
    String wanted = fromVariable ? services.environment().nonEmpty(VARIABLE).orElse(null) : name;
    if (fromVariable && wanted != null && NameMatcher.meansNone(wanted)) {
      return null;
    }
    ConfigMap identities = identities();
    if (identities == null) {
      if (wanted == null || NameMatcher.meansNone(wanted)) {
        return null;
      }
      throw ChainFailures.noneConfigured(wanted, fromVariable);
    }
    return wanted == null ? defaultOf(identities) : keyOf(identities, wanted, fromVariable);
  }

  /** The identities of the configuration; null if it has none. */
  private @Nullable ConfigMap identities() {
    ConfigMap auth = services.configMap(AuthFields.AUTH).orElse(null);
    ConfigMap identities = auth == null ? null : auth.map(AuthFields.IDENTITIES).orElse(null);
    return identities == null || identities.isEmpty() ? null : identities;
  }

  private static String defaultOf(ConfigMap identities) {
    List<String> defaults = new ArrayList<>();
    for (Map.Entry<String, ConfigMap.Entry> identity : identities.entries().entrySet()) {
      if (identity.getValue().value() instanceof ConfigMap fields
          && fields.flag(AuthFields.DEFAULT).orElse(false)) {
        defaults.add(identity.getKey());
      }
    }
    if (defaults.size() == 1) {
      return defaults.get(0);
    }
    if (!defaults.isEmpty()) {
      throw ChainFailures.severalDefaults(defaults);
    }
    if (identities.entries().size() == 1) {
      return identities.entries().keySet().iterator().next();
    }
    throw ChainFailures.noDefault(identities.keys());
  }

  private @Nullable String keyOf(ConfigMap identities, String wanted, boolean fromVariable) {
    NameMatcher.Aliases aliases = new NameMatcher.ConfiguredAliases(identities);
    List<String> found = NameMatcher.find(wanted, identities.entries().keySet(), aliases);
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty() && NameMatcher.meansNone(wanted)) {
      return null;
    }
    throw found.isEmpty()
        ? ChainFailures.unknown(services, wanted, fromVariable)
        : ChainFailures.ambiguous(wanted, fromVariable, found);
  }
}
