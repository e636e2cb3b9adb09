package dev.atmos.aws.identity.identitycenter;

import dev.atmos.plugin.base.Secret;
import dev.atmos.text.Rfc3339;
import dev.atmos.text.json.FlatJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is saved of a sign-in to an IAM Identity Center, beside its access token.
 *
 * @param registration this program's registration there; null for none
 * @param refreshToken null for none
 */
record SavedSignIn(@Nullable ClientRegistration registration, @Nullable Secret refreshToken) {
  private static final String CLIENT_ID = "clientId";
  private static final String CLIENT_SECRET = "clientSecret";
  private static final String EXPIRES_AT = "registrationExpiresAt";
  private static final String REFRESH_TOKEN = "refreshToken";

  /**
   * A registered client.
   *
   * @param expiresAt when AWS forgets it
   */
  record ClientRegistration(String clientId, Secret clientSecret, Instant expiresAt) {}

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
    return Secret.of(FlatJson.write(members, Secret::reveal));
  }

  /** Reads what {@link #text} wrote; of any other text, nothing. */
  static SavedSignIn of(Optional<Secret> text) {
    Map<String, Secret> members =
        text.flatMap(json -> FlatJson.read(json.reveal(), Secret::of)).orElse(Map.of());
    Secret id = members.get(CLIENT_ID);
    Secret secret = members.get(CLIENT_SECRET);
    Secret expiry = members.get(EXPIRES_AT);
    Instant expiresAt = expiry == null ? null : Rfc3339.parse(expiry.reveal());
    return new SavedSignIn(
        id == null || secret == null || expiresAt == null
            ? null
            : new ClientRegistration(id.reveal(), secret, expiresAt),
        members.get(REFRESH_TOKEN));
  }
}
