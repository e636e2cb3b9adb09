package dev.atmos.auth.aws;

import dev.atmos.services.Services;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderSpec;
import dev.atmos.plugin.auth.ProviderType;

/** {@code aws/iam-identity-center}: where people sign in to AWS with a browser. */
public final class IdentityCenterType implements ProviderType {
  @Override
  public String kind() {
    return "aws/iam-identity-center";
  }

  @Override
  public Provider create(ProviderSpec spec, Services context) {
    return new IdentityCenter(spec, context);
  }
}
