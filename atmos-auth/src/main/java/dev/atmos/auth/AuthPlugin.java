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
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.Plugin;
import dev.atmos.services.Service;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.config.Section;
import dev.atmos.services.auth.Integrations;
import java.util.List;

/**
 * Supplies the {@link Identities} of the configuration, the kinds that need no sign-in, what the
 * {@code auth} section may hold, and the commands that show and check it.
 */
public final class AuthPlugin implements Plugin {

  @Override
  public List<PluginCommand> commands() {
    return List.of(
        PluginCommand.of("auth credential-process", CredentialProcessCommand::spec),
        PluginCommand.of("auth env", EnvCommand::spec),
        PluginCommand.of("auth exec", ExecCommand::spec),
        PluginCommand.of("auth list", ListCommand::spec),
        PluginCommand.of("auth login", LoginCommand::spec),
        PluginCommand.of("auth logout", LogoutCommand::spec),
        PluginCommand.of("auth shell", ShellCommand::spec),
        PluginCommand.of("auth validate", ValidateCommand::spec),
        PluginCommand.of("auth whoami", WhoamiCommand::spec));
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
