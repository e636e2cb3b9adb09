package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.Rfc3339;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credentials that the environment offers: in the variables, else by {@link SharedFiles}.
 * The order is the AWS CLI's, in which the variables of the keys come before {@code AWS_PROFILE}.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html">AWS
 *     SDKs and Tools, standardized credential providers</a>
 * @param identity the identity's name, for messages; null if no identities are configured
 */
record AmbientCredentials(Services services, @Nullable String identity) {
  static final String KEY_ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";

  AwsCredentials find() {
    String keyId = variable(KEY_ID);
    String secretKey = variable(SECRET_KEY);
    if (keyId == null && secretKey == null) {
      return new SharedFiles(this).find();
    }
    if (keyId == null || secretKey == null) {
      throw failure(
          ExitCode.SIGN_IN_REQUIRED,
          keyId == null
              ? SECRET_KEY + " is set, and " + KEY_ID + " is not"
              : KEY_ID + " is set, and " + SECRET_KEY + " is not",
          "set both or neither");
    }
    // The second is its name before 2014, which some tools still set.
    String token = variable("AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN");
    return live(
        keyId,
        Secret.of(secretKey),
        token == null ? null : Secret.of(token),
        variable("AWS_CREDENTIAL_EXPIRATION"),
        "AWS_CREDENTIAL_EXPIRATION",
        null);
  }

  /**
   * The credentials, if they haven't expired. A malformed expiry counts as unknown.
   *
   * @param expiry in RFC 3339; null for none
   * @param expiryName the variable or property of the expiry
   * @param holder the file of the credentials; null for the variables
   */
  AwsCredentials live(
      String keyId,
      Secret secretKey,
      @Nullable Secret token,
      @Nullable String expiry,
      String expiryName,
      @Nullable SharedFile holder) {
    Instant expiresAt = expiry == null ? null : Rfc3339.parse(expiry);
    if (expiry != null && expiresAt == null) {
      services
          .console()
          .debug(expiryName + " is not an RFC 3339 time, so the credentials' expiry is unknown");
    }
    if (expiresAt != null && !expiresAt.isAfter(services.clock().instant())) {
      throw failure(
          ExitCode.SIGN_IN_REQUIRED,
          "the credentials of %s expired at %s (%s)"
              .formatted(holder == null ? KEY_ID : holder.describe(), expiry, expiryName),
          "get new ones from the same source");
    }
    try {
      return AwsCredentials.of(keyId, secretKey, token, expiresAt);
    } catch (IllegalArgumentException e) {
      throw failure(
          ExitCode.USAGE,
          "the credentials of %s hold a character that is not allowed in credentials"
              .formatted(holder == null ? KEY_ID : holder.describe()),
          null);
    }
  }

  /** A failure, which names the identity if one is configured. */
  AtmosException failure(ExitCode exitCode, String problem, @Nullable String hint) {
    return new AtmosException(
        exitCode,
        identity == null ? problem : "identity " + DisplayNames.quoted(identity) + ": " + problem,
        hint,
        null);
  }

  /** The first of these variables that isn't blank, trimmed as the AWS SDKs do; null for none. */
  @Nullable String variable(String... names) {
    for (String name : names) {
      String text = services.environment().get(name).orElse("").trim();
      if (!text.isEmpty()) {
        return text;
      }
    }
    return null;
  }
}
