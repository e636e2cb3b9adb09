package dev.atmos.auth.chain;

import dev.atmos.plugin.Secret;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Token;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a step in the store of sign-ins: what it has made, and its own state. A JSON
 * object of texts.
 *
 * @param grant what it has made; null for nothing
 * @param state its own; null for none
 */
record Envelope(@Nullable Grant grant, @Nullable Secret state) {
  static final Envelope EMPTY = new Envelope(null, null);

  private static final String FORM = "form";
  private static final String FORM_1 = "atmos sign-in 1";
  private static final String TYPE = "type";
  private static final String AWS = "aws/credentials";
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
      members.put(TYPE, Secret.of(AWS));
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
    return SecretJson.write(members);
  }

  /** Reads what {@link #text} has made; null if the text is anything else. */
  static @Nullable Envelope of(Secret text) {
    Optional<Map<String, Secret>> read = SecretJson.read(text);
    if (read.isEmpty()) {
      return null;
    }
    Map<String, Secret> members = read.get();
    if (!Secret.of(FORM_1).equals(members.get(FORM))) {
      return null;
    }
    try {
      return new Envelope(grant(members), members.get(STATE));
    } catch (IllegalArgumentException | DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Grant grant(Map<String, Secret> members) {
    Secret type = members.get(TYPE);
    Secret expiry = members.get(EXPIRES_AT);
    Instant expiresAt = expiry == null ? null : Instant.parse(expiry.reveal());
    if (type == null) {
      return null;
    }
    if (!type.reveal().equals(AWS)) {
      return new Token(type.reveal(), part(members, VALUE), expiresAt);
    }
    return new AwsCredentials(
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
