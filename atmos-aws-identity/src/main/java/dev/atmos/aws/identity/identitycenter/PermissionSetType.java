package dev.atmos.auth.aws;

import dev.atmos.services.Services;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;

/** {@code aws/permission-set}: what an IAM Identity Center has assigned in an account. */
public final class PermissionSetType implements IdentityType {
  @Override
  public String kind() {
    return "aws/permission-set";
  }

  @Override
  public Identity create(IdentitySpec spec, Services context) {
    return new PermissionSet(spec, context);
  }
}
