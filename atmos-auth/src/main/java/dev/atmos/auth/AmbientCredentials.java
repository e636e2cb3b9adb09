package dev.atmos.auth;

import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.text.Rfc3339;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the environment offers without a network: the variables, else the shared files. The order is
 * the AWS CLI's, in which the variables of the keys come before {@code AWS_PROFILE}.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html">AWS
 *     SDKs and Tools, standardized credential providers</a>
 */
final class AmbientCredentials {
  private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";

  private final PluginContext context;
  private final @Nullable String identity;

  /**
   * @param identity who asks, for messages; null if it is no identity of the configuration
   */
  AmbientCredentials(PluginContext context, @Nullable String identity) {
    this.context = context;
    this.identity = identity;
  }

  AwsCredentials find() {
    String keyId = variable(context, KEY_ID);
    String secretKey = variable(context, SECRET_KEY);
    if (keyId == null && secretKey == null) {
      return new SharedFiles(this, context, identity).find();
    }
    if (keyId == null || secretKey == null) {
      throw IdentityFailures.ambient(
          ExitCode.SIGN_IN_REQUIRED,
          identity,
          keyId == null
              ? SECRET_KEY + " is set, and " + KEY_ID + " is not"
              : KEY_ID + " is set, and " + SECRET_KEY + " is not",
          "set both or neither");
    }
    String token = variable(context, "AWS_SESSION_TOKEN");
    if (token == null) {
      // Its name before 2014, which some tools still set.
      token = variable(context, "AWS_SECURITY_TOKEN");
    }
    return live(
        keyId,
        Secret.of(secretKey),
        token == null ? null : Secret.of(token),
        variable(context, "AWS_CREDENTIAL_EXPIRATION"),
        "AWS_CREDENTIAL_EXPIRATION",
        null);
  }

  /**
   * The credentials, if they haven't expired. An expiry that can't be read is one that isn't known.
   *
   * @param expiry RFC 3339, if there is one
   * @param expiryName where the expiry was found
   * @param holder where the credentials were found; null for the variables
   */
  AwsCredentials live(
      String keyId,
      Secret secretKey,
      @Nullable Secret token,
      @Nullable String expiry,
      String expiryName,
      @Nullable SharedFile holder) {
    Instant expiresAt = null;
    if (expiry != null) {
      expiresAt = Rfc3339.parse(expiry);
      if (expiresAt == null) {
        context
            .console()
            .debug(expiryName + " is no RFC 3339 time: when the credentials expire is not known");
      } else if (!expiresAt.isAfter(context.clock().instant())) {
        throw IdentityFailures.ambient(
            ExitCode.SIGN_IN_REQUIRED,
            identity,
            "the credentials of "
                + (holder == null ? KEY_ID : holder.describe())
                + " expired at "
                + expiry
                + " ("
                + expiryName
                + ")",
            "get new ones from where these came from");
      }
    }
    try {
      return new AwsCredentials(keyId, secretKey, token, expiresAt);
    } catch (IllegalArgumentException e) {
      // No part is empty, so it is the characters of the id.
      throw IdentityFailures.ambient(
          ExitCode.USAGE,
          identity,
          (holder == null ? KEY_ID : "the access key id of " + holder.describe())
              + " holds a character that no access key id has",
          null);
    }
  }

  /** A variable without the blanks around it, as the AWS SDKs take it; null if nothing is left. */
  static @Nullable String variable(PluginContext context, String name) {
    Optional<String> value = context.environment().get(name);
    if (value.isEmpty()) {
      return null;
    }
    String text = value.get().trim();
    return text.isEmpty() ? null : text;
  }
}
