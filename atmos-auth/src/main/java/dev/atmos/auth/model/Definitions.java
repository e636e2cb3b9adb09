package dev.atmos.auth.model;

import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.services.config.ConfigMap;
import org.jspecify.annotations.Nullable;

/** Makes definitions of mappings. On the token path. */
public final class Definitions {
  private Definitions() {}

  /** The definition of a name. */
  public static ConfigDefinition of(Services services, String name, ConfigMap fields) {
    return of(services, name, fields, null);
  }

  /** The definition of an identity or provider in a section {@code auth}. */
  public static ConfigDefinition of(
      Services services, String name, ConfigMap fields, @Nullable ConfigMap auth) {
    return new ConfigDefinition(
        name, fields, new ConfigDefinition.ConfigContext(services.trust(), services, auth));
  }
}
