package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.text.Rfc3339;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys as they are written in variables or in a file.
 *
 * @param holder whose they are, for messages
 * @param token goes with temporary keys; null for none
 * @param expiry in RFC 3339; null for none
 * @param expiryName the variable or property of the expiry
 */
record StaticKeys(
    AmbientEnvironment environment,
    String holder,
    String keyId,
    Secret secretKey,
    @Nullable Secret token,
    @Nullable String expiry,
    String expiryName)
    implements AmbientSource {

  @Override
  public Map<String, String> key() {
    return Map.of("access_key_id", keyId);
  }

  @Override
  public boolean isMade() {
    return false;
  }

  /** If they haven't expired. A malformed expiry counts as unknown. */
  @Override
  public AwsCredentials credentials(StepRequest request) {
    Instant expiresAt = expiry == null ? null : Rfc3339.parse(expiry);
    if (expiry != null && expiresAt == null) {
      environment
          .services()
          .console()
          .debug(expiryName + " is not an RFC 3339 time, so the credentials' expiry is unknown");
    }
    if (expiresAt != null && !expiresAt.isAfter(environment.services().clock().instant())) {
      throw environment.failure(
          ExitCode.SIGN_IN_REQUIRED,
          "the credentials of %s expired at %s (%s)".formatted(holder, expiry, expiryName),
          "get new ones from the same source");
    }
    try {
      return AwsCredentials.of(keyId, secretKey, token, expiresAt);
    } catch (IllegalArgumentException e) {
      throw environment.failure(
          ExitCode.USAGE,
          "the credentials of %s hold a character that is not allowed in credentials"
              .formatted(holder),
          null);
    }
  }
}
