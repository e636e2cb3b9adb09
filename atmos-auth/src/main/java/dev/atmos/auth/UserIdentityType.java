package dev.atmos.auth;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.config.ConfigMap;
import java.util.Optional;

/** {@code aws/user}: an IAM user with a long-lived access key, which is signed with directly. */
final class UserIdentityType implements IdentityType {
  private static final String KEY_ID = "access_key_id";
  private static final String SECRET_KEY = "secret_access_key";

  @Override
  public String kind() {
    return "aws/user";
  }

  @Override
  public Identity create(IdentitySpec spec, PluginContext context) {
    if (spec.fields().map("via").isPresent()) {
      throw IdentityFailures.via(spec);
    }
    Optional<ConfigMap> fields = spec.fields().map("credentials");
    if (fields.isEmpty()) {
      return noKey(spec);
    }
    ConfigMap credentials = fields.get();
    Optional<String> keyId = credentials.text(KEY_ID);
    Optional<Secret> secretKey = credentials.secret(SECRET_KEY);
    if (keyId.isPresent() && keyId.get().isEmpty()) {
      throw empty(credentials, KEY_ID);
    }
    if (secretKey.isPresent() && secretKey.get().isEmpty()) {
      throw empty(credentials, SECRET_KEY);
    }
    if (keyId.isPresent() != secretKey.isPresent()) {
      throw keyId.isPresent()
          ? alone(credentials, KEY_ID, SECRET_KEY)
          : alone(credentials, SECRET_KEY, KEY_ID);
    }
    Optional<String> mfa = credentials.text("mfa_arn");
    if (mfa.isPresent() && !mfa.get().isEmpty()) {
      return new SignInIdentity(spec.name(), "its mfa_arn asks for a code");
    }
    if (keyId.isEmpty() || secretKey.isEmpty()) {
      return noKey(spec);
    }
    try {
      return new FixedIdentity(new AwsCredentials(keyId.get(), secretKey.get(), null, null));
    } catch (IllegalArgumentException e) {
      // Both parts are there, so it is the characters of the id.
      throw credentials
          .positionOf(KEY_ID)
          .error("'" + KEY_ID + "' holds a character that no access key id has");
    }
  }

  private static Identity noKey(IdentitySpec spec) {
    return new SignInIdentity(spec.name(), "the configuration holds no access key for it");
  }

  private static AtmosException empty(ConfigMap credentials, String field) {
    return credentials
        .positionOf(field)
        .error("'" + field + "' is empty; most likely its variable is not set");
  }

  private static AtmosException alone(ConfigMap credentials, String there, String missing) {
    return credentials
        .positionOf(there)
        .error("'" + there + "' is there without '" + missing + "'");
  }
}
