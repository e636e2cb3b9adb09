package dev.atmos.auth.aws;

import dev.atmos.auth.config.AuthReader;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.Keys;
import dev.atmos.auth.config.Located;
import dev.atmos.auth.config.ProviderDefinition;
import dev.atmos.services.Services;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.ProviderSpec;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.TrustPolicy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Definitions, checked as a whole before anything is done with them. */
final class Definitions {
  private Definitions() {}

  static ProviderDefinition of(ProviderSpec spec) {
    return reader(Keys.PROVIDERS, spec.name(), spec.fields()).usableProvider(spec.name());
  }

  static IdentityDefinition of(IdentitySpec spec) {
    return reader(Keys.IDENTITIES, spec.name(), spec.fields()).usableIdentity(spec.name());
  }

  private static AuthReader reader(String section, String name, ConfigMap fields) {
    ConfigMap one =
        new ConfigMap(
            Map.of(name, new ConfigMap.Entry(fields.position(), fields)), fields.position());
    return new AuthReader(
        new ConfigMap(
            Map.of(section, new ConfigMap.Entry(fields.position(), one)), fields.position()));
  }

  /**
   * A URL that something is about to be sent to; null for none.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE} if the
   *     file that names it isn't trusted with that
   */
  static @Nullable String trusted(Services context, @Nullable Located url) {
    if (url == null) {
      return null;
    }
    context.service(TrustPolicy.class).requireForEndpoint(url.position(), url.text());
    return url.text();
  }
}
