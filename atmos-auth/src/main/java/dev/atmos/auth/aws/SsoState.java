package dev.atmos.auth.aws;

import dev.atmos.auth.chain.SecretJson;
import dev.atmos.plugin.Secret;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sign-in to an IAM Identity Center leaves behind beside its access token.
 *
 * @param registration this program, as it is known there; null where it isn't
 * @param refreshToken null for none
 */
record SsoState(@Nullable Registration registration, @Nullable Secret refreshToken) {
  static final SsoState NONE = new SsoState(null, null);

  private static final String CLIENT_ID = "clientId";
  private static final String CLIENT_SECRET = "clientSecret";
  private static final String EXPIRES_AT = "registrationExpiresAt";
  private static final String REFRESH_TOKEN = "refreshToken";

  /**
   * A registered client.
   *
   * @param expiresAt when it is no longer known
   */
  record Registration(String clientId, Secret clientSecret, Instant expiresAt) {}

  SsoState with(Registration other) {
    return new SsoState(other, null);
  }

  SsoState refreshedBy(@Nullable Secret token) {
    return new SsoState(registration, token);
  }

  Secret text() {
    Map<String, Secret> members = new LinkedHashMap<>();
    if (registration != null) {
      members.put(CLIENT_ID, Secret.of(registration.clientId()));
      members.put(CLIENT_SECRET, registration.clientSecret());
      members.put(EXPIRES_AT, Secret.of(registration.expiresAt().toString()));
    }
    if (refreshToken != null) {
      members.put(REFRESH_TOKEN, refreshToken);
    }
    return SecretJson.write(members);
  }

  /** What a text says; nothing, where it is none of {@link #text}. */
  static SsoState of(Optional<Secret> text) {
    Map<String, Secret> members =
        text.isEmpty() ? Map.of() : SecretJson.read(text.get()).orElse(Map.of());
    Secret id = members.get(CLIENT_ID);
    Secret secret = members.get(CLIENT_SECRET);
    Secret expiry = members.get(EXPIRES_AT);
    Registration registration = null;
    if (id != null && secret != null && expiry != null) {
      try {
        registration = new Registration(id.reveal(), secret, Instant.parse(expiry.reveal()));
      } catch (DateTimeException e) {
        registration = null;
      }
    }
    return new SsoState(registration, members.get(REFRESH_TOKEN));
  }
}
