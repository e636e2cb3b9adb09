package dev.atmos.auth.aws;

import dev.atmos.services.Services;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;

/** {@code aws/assume-role}: a role, with the credentials of another identity or a web identity. */
public final class AssumeRoleType implements IdentityType {
  @Override
  public String kind() {
    return "aws/assume-role";
  }

  @Override
  public Identity create(IdentitySpec spec, Services context) {
    return new AssumeRole(spec, context);
  }
}
