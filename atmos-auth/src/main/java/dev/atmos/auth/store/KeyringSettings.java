package dev.atmos.auth.store;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.Definitions;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The choice of a store by a variable or by {@code auth.keyring}; the variable wins. */
final class KeyringSettings {
  static final String TYPE_VARIABLE = "ATMOS_KEYRING_TYPE";

  private final Services services;

  KeyringSettings(Services services) {
    this.services = services;
  }

  private Optional<ConfigMap> keyring() {
    return services.configMap(AuthFields.AUTH).flatMap(auth -> auth.map(AuthFields.KEYRING));
  }

  /** The only store that is used; null where atmos finds one that works. */
  @Nullable String type() {
    return services
        .environment()
        .nonEmpty(TYPE_VARIABLE)
        .or(() -> keyring().flatMap(keyring -> keyring.text(AuthFields.KEYRING_TYPE)))
        .filter(type -> !type.isEmpty())
        .orElse(null);
  }

  /** Where {@link #type} is set, for messages. */
  String typeSource() {
    return services.environment().nonEmpty(TYPE_VARIABLE).isPresent()
        ? TYPE_VARIABLE
        : "auth.keyring.type";
  }

  /** The settings of the store, which may have no fields. */
  Definition definition() {
    Position nowhere = new Position(new Source("atmos.yaml", ""), 1, 1);
    return Definitions.of(
        services,
        AuthFields.SPEC,
        keyring()
            .flatMap(keyring -> keyring.map(AuthFields.SPEC))
            .orElse(new ConfigMap(Map.of(), nowhere)));
  }
}
