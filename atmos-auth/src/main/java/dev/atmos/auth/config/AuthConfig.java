package dev.atmos.auth.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code auth} section. All maps are in the configuration's order, by the names as they are
 * written there.
 *
 * @param realm what keeps the credentials of this configuration apart from those of others; null
 *     where none is set
 * @param logsLevel {@code Debug}, {@code Info}, {@code Warn} or {@code Error}; null where none is
 *     set
 * @param logsFile where the Go tool was to log to, which nothing does; null where none is set
 * @param keyring where what was signed in with is kept
 * @param isolatedConsole whether the web console opens in a session of its own
 */
public record AuthConfig(
    @Nullable String realm,
    @Nullable String logsLevel,
    @Nullable String logsFile,
    Keyring keyring,
    boolean isolatedConsole,
    Map<String, ProviderDefinition> providers,
    Map<String, IdentityDefinition> identities,
    Map<String, IntegrationDefinition> integrations) {

  /** No {@code auth} section. */
  public static final AuthConfig EMPTY =
      new AuthConfig(null, null, null, Keyring.DEFAULT, false, Map.of(), Map.of(), Map.of());

  /** Copies the maps. */
  public AuthConfig {
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    identities = Collections.unmodifiableMap(new LinkedHashMap<>(identities));
    integrations = Collections.unmodifiableMap(new LinkedHashMap<>(integrations));
  }
}
