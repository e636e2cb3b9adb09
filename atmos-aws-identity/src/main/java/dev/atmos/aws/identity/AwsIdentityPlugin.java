package dev.atmos.aws.identity;

import dev.atmos.aws.identity.ambient.AmbientIdentityType;
import dev.atmos.aws.identity.console.AwsConsole;
import dev.atmos.aws.identity.identitycenter.IdentityCenterType;
import dev.atmos.aws.identity.identitycenter.PermissionSetType;
import dev.atmos.aws.identity.login.LoginIdentityType;
import dev.atmos.aws.identity.user.UserIdentityType;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.services.Service;
import dev.atmos.services.ServicePlugin;
import dev.atmos.services.auth.CallerIdentity;
import dev.atmos.services.auth.WebConsole;
import java.util.List;

/** Supplies the providers and identities of AWS, and the mocks of both. */
public final class AwsIdentityPlugin implements ServicePlugin {

  @Override
  public List<ProviderType> providers() {
    return List.of(
        new IdentityCenterType(),
        new GithubOidcType(),
        new MockType("mock"),
        new MockType("mock/aws"));
  }

  @Override
  public List<IdentityType> identities() {
    return List.of(
        new PermissionSetType(),
        new AssumeRoleType(),
        new AssumeRootType(),
        new UserIdentityType(),
        new LoginIdentityType(),
        new AmbientIdentityType(AmbientIdentityType.AWS),
        new AmbientIdentityType(AmbientIdentityType.ANY),
        new MockType("mock"),
        new MockType("mock/aws"));
  }

  @Override
  public List<Service<?>> services() {
    return List.of(
        new Service<>(CallerIdentity.Source.class, new AwsCaller.Factory()),
        new Service<>(WebConsole.class, new AwsConsole.Factory()));
  }
}
