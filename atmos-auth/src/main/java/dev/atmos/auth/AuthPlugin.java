package dev.atmos.auth;

import dev.atmos.auth.aws.AssumeRoleType;
import dev.atmos.auth.aws.AssumeRootType;
import dev.atmos.auth.aws.AwsCaller;
import dev.atmos.auth.aws.GithubOidcType;
import dev.atmos.auth.aws.IdentityCenterType;
import dev.atmos.auth.aws.PermissionSetType;
import dev.atmos.auth.chain.CallerIdentity;
import dev.atmos.auth.chain.ChainSessions;
import dev.atmos.auth.chain.Sessions;
import dev.atmos.auth.command.CredentialProcessCommand;
import dev.atmos.auth.command.EnvCommand;
import dev.atmos.auth.command.ExecCommand;
import dev.atmos.auth.command.LoginCommand;
import dev.atmos.auth.command.LogoutCommand;
import dev.atmos.auth.command.ShellCommand;
import dev.atmos.auth.command.WhoamiCommand;
import dev.atmos.auth.config.AuthShape;
import dev.atmos.auth.config.Keys;
import dev.atmos.auth.list.ListCommand;
import dev.atmos.auth.store.BuiltInStores;
import dev.atmos.plugin.Command;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.Service;
import dev.atmos.plugin.auth.ConfiguredNames;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.config.Section;
import dev.atmos.plugin.integration.Integrations;
import java.util.List;

/**
 * Supplies the {@link Identities} of the configuration, the kinds that need no sign-in, what the
 * {@code auth} section may hold, and the commands that show and check it.
 */
public final class AuthPlugin implements Plugin {

  @Override
  public List<Command> commands() {
    return List.of(
        new Command("auth credential-process", CredentialProcessCommand::spec),
        new Command("auth env", EnvCommand::spec),
        new Command("auth exec", ExecCommand::spec),
        new Command("auth list", ListCommand::spec),
        new Command("auth login", LoginCommand::spec),
        new Command("auth logout", LogoutCommand::spec),
        new Command("auth shell", ShellCommand::spec),
        new Command("auth validate", ValidateCommand::spec),
        new Command("auth whoami", WhoamiCommand::spec));
  }

  @Override
  public List<ProviderType> providers() {
    return List.of(new IdentityCenterType(), new GithubOidcType(), new MockProviderType());
  }

  @Override
  public List<IdentityType> identities() {
    return List.of(
        new PermissionSetType(),
        new AssumeRoleType(),
        new AssumeRootType(),
        new UserIdentityType(),
        new AmbientIdentityType("aws/ambient"),
        new AmbientIdentityType("ambient"),
        new MockIdentityType());
  }

  @Override
  public List<CredentialStoreType> stores() {
    return BuiltInStores.types();
  }

  @Override
  public List<Section> sections() {
    return List.of(new Section(Keys.AUTH, AuthShape::section));
  }

  @Override
  public List<Service<?>> services() {
    return List.of(
        new Service<>(Identities.class, new ConfiguredIdentities.Factory()),
        new Service<>(Sessions.class, new ChainSessions.Factory()),
        new Service<>(CallerIdentity.Source.class, new AwsCaller.Factory()),
        new Service<>(ConfiguredNames.class, new NamesOfSection.Factory()),
        new Service<>(Integrations.class, new ConfiguredIntegrations.Factory()));
  }
}
