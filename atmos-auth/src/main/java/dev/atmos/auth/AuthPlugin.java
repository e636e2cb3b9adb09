package dev.atmos.auth;

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
        new Command("auth list", ListCommand::spec),
        new Command("auth validate", ValidateCommand::spec));
  }

  @Override
  public List<IdentityType> identities() {
    return List.of(
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
        new Service<>(ConfiguredNames.class, new NamesOfSection.Factory()),
        new Service<>(Integrations.class, new ConfiguredIntegrations.Factory()));
  }
}
