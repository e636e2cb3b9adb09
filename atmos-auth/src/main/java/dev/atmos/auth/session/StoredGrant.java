package dev.atmos.auth.session;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.Secret;
import dev.atmos.text.Rfc3339;
import dev.atmos.text.json.FlatJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the store of sign-ins holds of a step: its grant and its saved state, as a JSON object of
 * texts.
 *
 * @param grant its grant; null for none
 * @param state its saved state; null for none
 */
record StoredGrant(@Nullable Grant grant, @Nullable Secret state) {
  static final StoredGrant EMPTY = new StoredGrant(null, null);

  private static final String FORM = "form";
  private static final String FORM_1 = "atmos sign-in 1";
  private static final String TYPE = "type";
  private static final String VALUE = "value";
  private static final String KEY_ID = "accessKeyId";
  private static final String SECRET_KEY = "secretAccessKey";
  private static final String SESSION_TOKEN = "sessionToken";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String STATE = "state";

  Secret text() {
    Map<String, Secret> members = new LinkedHashMap<>();
    members.put(FORM, Secret.of(FORM_1));
    if (grant instanceof Token token) {
      members.put(TYPE, Secret.of(token.type()));
      members.put(VALUE, token.value());
    } else if (grant instanceof AwsCredentials credentials) {
      members.put(TYPE, Secret.of(AwsCredentials.TYPE));
      members.put(KEY_ID, Secret.of(credentials.accessKeyId()));
      members.put(SECRET_KEY, credentials.secretAccessKey());
      if (credentials.sessionToken() != null) {
        members.put(SESSION_TOKEN, credentials.sessionToken());
      }
    }
    if (grant != null && grant.expiresAt() != null) {
      members.put(EXPIRES_AT, Secret.of(grant.expiresAt().toString()));
    }
    if (state != null) {
      members.put(STATE, state);
    }
    return Secret.of(FlatJson.write(members, Secret::reveal));
  }

  /** Reads what {@link #text} has made; null if the text is anything else. */
  static @Nullable StoredGrant of(Secret text) {
    Optional<Map<String, Secret>> read = FlatJson.read(text.reveal(), Secret::of);
    if (read.isEmpty()) {
      return null;
    }
    Map<String, Secret> members = read.get();
    if (!Secret.of(FORM_1).equals(members.get(FORM))) {
      return null;
    }
    try {
      return new StoredGrant(grant(members), members.get(STATE));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Grant grant(Map<String, Secret> members) {
    Secret type = members.get(TYPE);
    Secret expiry = members.get(EXPIRES_AT);
    if (type == null) {
      return null;
    }
    Instant expiresAt = expiry == null ? null : Rfc3339.parse(expiry.reveal());
    if (expiry != null && expiresAt == null) {
      throw new IllegalArgumentException("not a time");
    }
    if (!type.reveal().equals(AwsCredentials.TYPE)) {
      return Token.of(type.reveal(), part(members, VALUE), expiresAt);
    }
    return AwsCredentials.of(
        part(members, KEY_ID).reveal(),
        part(members, SECRET_KEY),
        members.get(SESSION_TOKEN),
        expiresAt);
  }

  private static Secret part(Map<String, Secret> members, String name) {
    Secret value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a part is missing");
    }
    return value;
  }
}
