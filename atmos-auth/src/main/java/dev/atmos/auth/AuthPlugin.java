package dev.atmos.auth;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.Service;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.auth.IdentityType;
import java.util.List;

/** Supplies the {@link Identities} of the configuration, and the kinds that need no sign-in. */
public final class AuthPlugin implements Plugin {

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
