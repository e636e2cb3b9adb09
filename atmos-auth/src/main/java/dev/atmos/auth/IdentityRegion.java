package dev.atmos.auth;

import dev.atmos.auth.config.AuthGraph;
import dev.atmos.auth.config.AuthReader;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.Keys;
import dev.atmos.auth.config.ProviderDefinition;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The region that an identity works in: its own, else that of whom it goes through. */
final class IdentityRegion {
  private static final List<String> FIELDS = List.of("principal.region", "credentials.region");

  private IdentityRegion() {}

  static Optional<String> of(Services context, String name) {
    Optional<ConfigMap> auth = context.configMap(Keys.AUTH);
    if (auth.isEmpty()) {
      return Optional.empty();
    }
    AuthReader reader = new AuthReader(auth.get());
    IdentityDefinition identity = reader.config().identities().get(name);
    if (identity == null) {
      return Optional.empty();
    }
    AuthGraph.Chain chain = AuthGraph.of(reader.config()).chain(identity);
    for (int i = chain.identities().size() - 1; i >= 0; i--) {
      String region = region(reader, chain.identities().get(i));
      if (region != null) {
        return Optional.of(region);
      }
    }
    ProviderDefinition provider = chain.provider();
    if (provider == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        provider.deferred().contains("region")
            ? reader.usableProvider(provider.name()).region()
            : provider.region());
  }

  /** What a tag makes by running or reading something is made only where it is the region. */
  private static @Nullable String region(AuthReader reader, IdentityDefinition identity) {
    for (String field : FIELDS) {
      if (identity.deferred().contains(field)) {
        return reader.usableIdentity(identity.name()).region();
      }
    }
    return identity.region();
  }
}
