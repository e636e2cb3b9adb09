package dev.atmos.auth;

import dev.atmos.auth.aws.MfaUser;
import dev.atmos.auth.aws.StoredKeyUser;
import dev.atmos.auth.config.Keys;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.services.config.ConfigMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code aws/user}: an IAM user with a long-lived access key, which is signed with directly where
 * no MFA device is named.
 */
final class UserIdentityType implements IdentityType {
  @Override
  public String kind() {
    return "aws/user";
  }

  @Override
  public Identity create(IdentitySpec spec, Services context) {
    if (spec.fields().map(Keys.VIA).isPresent()) {
      throw IdentityFailures.via(spec);
    }
    Optional<ConfigMap> fields = spec.fields().map(Keys.CREDENTIALS);
    if (fields.isEmpty()) {
      return new StoredKeyUser(spec, context, null);
    }
    ConfigMap credentials = fields.get();
    Optional<String> mfa = credentials.text(Keys.MFA_ARN);
    String device = mfa.isEmpty() || mfa.get().isEmpty() ? null : mfa.get();
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
    if (keyId.isEmpty() || secretKey.isEmpty()) {
      return new StoredKeyUser(spec, context, device);
    }
    try {
      AwsCredentials key = AwsCredentials.of(keyId.get(), secretKey.get(), null, null);
      return device == null
          ? new UserIdentity(key, credentials.text("region"))
          : new MfaUser(spec, context, key, device);
    } catch (IllegalArgumentException e) {
      // Both parts are there, so it is the characters of the id.
      throw error(credentials, Keys.ACCESS_KEY_ID, Keys.ACCESS_KEY_ID_CHARACTERS);
    }
  }

  /**
   * Its key is what is signed with, and there is nothing to keep; what is made of it is the key's.
   */
  private record UserIdentity(AwsCredentials key, Optional<String> region) implements Identity {
    @Override
    public Optional<Map<String, String>> cacheKey() {
      return Optional.of(Map.of("access_key_id", key.accessKeyId()));
    }

    @Override
    public boolean isCacheable() {
      return false;
    }

    @Override
    public AwsCredentials credentials(StepRequest request) {
      return key;
    }
  }

  private static AtmosException error(ConfigMap credentials, String field, String problem) {
    return credentials.positionOf(field).error(problem);
  }
}
