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
 * What is saved of a sign-in to an IAM Identity Center, beside its access token: this program's
 * registrations there, and a refresh token, which only the registration that got it can use.
 * Immutable.
 */
final class SavedSignIn {
  private static final String CLIENT_ID = "clientId";
  private static final String CLIENT_SECRET = "clientSecret";
  private static final String EXPIRES_AT = "registrationExpiresAt";
  private static final String REFRESH_TOKEN = "refreshToken";

  private final Map<String, Secret> members;

  private SavedSignIn(Map<String, Secret> members) {
    this.members = members;
  }

  /**
   * A registered client.
   *
   * @param expiresAt when AWS forgets it
   */
  record ClientRegistration(String clientId, Secret clientSecret, Instant expiresAt) {}

  /** Reads what {@link #text} wrote; of any other text, nothing. */
  static SavedSignIn of(Optional<Secret> text) {
    return new SavedSignIn(
        text.flatMap(json -> FlatJson.read(json.reveal(), Secret::of)).orElse(Map.of()));
  }

  Secret text() {
    return Secret.of(FlatJson.write(members, Secret::reveal));
  }

  /** The registration of that kind; null for none. */
  @Nullable ClientRegistration registration(ClientKind kind) {
    Secret id = members.get(kind.member(CLIENT_ID));
    Secret secret = members.get(kind.member(CLIENT_SECRET));
    Secret expiry = members.get(kind.member(EXPIRES_AT));
    Instant expiresAt = expiry == null ? null : Rfc3339.parse(expiry.reveal());
    return id == null || secret == null || expiresAt == null
        ? null
        : new ClientRegistration(id.reveal(), secret, expiresAt);
  }

  /** The refresh token of the registration of that kind; null for none. */
  @Nullable Secret refreshToken(ClientKind kind) {
    return members.get(kind.member(REFRESH_TOKEN));
  }

  /** Whether a registration that AWS still knows then has a refresh token. */
  boolean isRenewableAt(Instant time) {
    for (ClientKind kind : ClientKind.values()) {
      ClientRegistration client = registration(kind);
      if (client != null && refreshToken(kind) != null && client.expiresAt().isAfter(time)) {
        return true;
      }
    }
    return false;
  }

  /** With that registration in place of the one of its kind, whose refresh token goes with it. */
  SavedSignIn with(ClientKind kind, @Nullable ClientRegistration client) {
    Map<String, Secret> changed = new LinkedHashMap<>(members);
    changed.remove(kind.member(REFRESH_TOKEN));
    if (client == null) {
      changed.remove(kind.member(CLIENT_ID));
      changed.remove(kind.member(CLIENT_SECRET));
      changed.remove(kind.member(EXPIRES_AT));
    } else {
      changed.put(kind.member(CLIENT_ID), Secret.of(client.clientId()));
      changed.put(kind.member(CLIENT_SECRET), client.clientSecret());
      changed.put(kind.member(EXPIRES_AT), Secret.of(client.expiresAt().toString()));
    }
    return new SavedSignIn(changed);
  }

  /** With that refresh token in place of any other. */
  SavedSignIn withRefreshToken(ClientKind kind, @Nullable Secret token) {
    Map<String, Secret> changed = new LinkedHashMap<>(members);
    for (ClientKind each : ClientKind.values()) {
      changed.remove(each.member(REFRESH_TOKEN));
    }
    if (token != null) {
      changed.put(kind.member(REFRESH_TOKEN), token);
    }
    return new SavedSignIn(changed);
  }
}
