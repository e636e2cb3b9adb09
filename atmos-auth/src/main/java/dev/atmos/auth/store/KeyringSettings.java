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

/** What a variable and {@code auth.keyring} say of where sign-ins are kept; the variable wins. */
final class KeyringSettings {
  static final String TYPE_VARIABLE = "ATMOS_KEYRING_TYPE";

  private final Services services;

  KeyringSettings(Services services) {
    this.services = services;
  }

  private Optional<ConfigMap> keyring() {
    Optional<ConfigMap> auth = services.configMap(AuthFields.AUTH);
    return auth.isPresent() ? auth.get().map(AuthFields.KEYRING) : Optional.empty();
  }

  /** The only store that is used; null where atmos finds one that works. */
  @Nullable String type() {
    Optional<String> variable = services.environment().nonEmpty(TYPE_VARIABLE);
    if (variable.isPresent()) {
      return variable.get();
    }
    Optional<ConfigMap> keyring = keyring();
    Optional<String> type =
        keyring.isPresent() ? keyring.get().text(AuthFields.KEYRING_TYPE) : Optional.empty();
    return type.isPresent() && !type.get().isEmpty() ? type.get() : null;
  }

  /** Where {@link #type} is set, for messages. */
  String typeSource() {
    return services.environment().nonEmpty(TYPE_VARIABLE).isPresent()
        ? TYPE_VARIABLE
        : "auth.keyring.type";
  }

  /** The settings of the store; without fields where there are none. */
  Definition definition() {
    Optional<ConfigMap> keyring = keyring();
    Optional<ConfigMap> spec =
        keyring.isPresent() ? keyring.get().map(AuthFields.SPEC) : Optional.empty();
    return Definitions.of(
        services,
        AuthFields.SPEC,
        spec.isPresent()
            ? spec.get()
            : new ConfigMap(Map.of(), new Position(new Source("atmos.yaml", ""), 1, 1)));
  }
}
