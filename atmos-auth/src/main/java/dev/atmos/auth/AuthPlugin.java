package dev.atmos.auth;

import dev.atmos.auth.list.ListCommand;
import dev.atmos.plugin.Command;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.Service;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.auth.IdentityType;
import java.util.List;

/**
 * Supplies the {@link Identities} of the configuration, the kinds that need no sign-in, and the
 * commands that show and check what is configured.
 */
public final class AuthPlugin implements Plugin {

  @Override
  public List<Command> commands() {
    return List.of(new Command("auth list", ListCommand::spec));
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
  public List<Service<?>> services() {
    return List.of(new Service<>(Identities.class, new ConfiguredIdentities.Factory()));
  }
}
