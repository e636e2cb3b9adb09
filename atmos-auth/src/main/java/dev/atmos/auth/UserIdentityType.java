package dev.atmos.auth;

import dev.atmos.auth.config.Keys;
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
  @Override
  public String kind() {
    return "aws/user";
  }

  @Override
  public Identity create(IdentitySpec spec, PluginContext context) {
    if (spec.fields().map(Keys.VIA).isPresent()) {
      throw IdentityFailures.via(spec);
    }
    Optional<ConfigMap> fields = spec.fields().map(Keys.CREDENTIALS);
    if (fields.isEmpty()) {
      return noKey(spec);
    }
    ConfigMap credentials = fields.get();
    Optional<String> keyId = credentials.text(Keys.ACCESS_KEY_ID);
    Optional<Secret> secretKey = credentials.secret(Keys.SECRET_ACCESS_KEY);
    if (keyId.isPresent() && keyId.get().isEmpty()) {
      throw error(credentials, Keys.ACCESS_KEY_ID, Keys.ACCESS_KEY_ID_EMPTY);
    }
    if (secretKey.isPresent() && secretKey.get().isEmpty()) {
      throw error(credentials, Keys.SECRET_ACCESS_KEY, Keys.SECRET_ACCESS_KEY_EMPTY);
    }
    if (keyId.isPresent() != secretKey.isPresent()) {
      throw keyId.isPresent()
          ? error(credentials, Keys.ACCESS_KEY_ID, Keys.ACCESS_KEY_ID_ALONE)
          : error(credentials, Keys.SECRET_ACCESS_KEY, Keys.SECRET_ACCESS_KEY_ALONE);
    }
    Optional<String> mfa = credentials.text(Keys.MFA_ARN);
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
      throw error(credentials, Keys.ACCESS_KEY_ID, Keys.ACCESS_KEY_ID_CHARACTERS);
    }
  }

  private static Identity noKey(IdentitySpec spec) {
    return new SignInIdentity(spec.name(), "the configuration holds no access key for it");
  }

  private static AtmosException error(ConfigMap credentials, String field, String problem) {
    return credentials.positionOf(field).error(problem);
  }
}
