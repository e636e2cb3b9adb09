package dev.atmos.services.kind;

import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.integration.IntegrationType;
import java.util.Optional;

/** The kinds that plugins supply, built-in ones and those of third parties alike. */
public interface KindRegistry {

  /** What {@code auth.providers.<name>.kind} can be. */
  Kinds<ProviderType> providers();

  /** What {@code auth.identities.<name>.kind} can be. */
  Kinds<IdentityType> identities();

  /** What {@code auth.integrations.<name>.kind} can be. */
  Kinds<IntegrationType> integrations();

  /** What {@code auth.keyring.type} can be. */
  Kinds<CredentialStoreType> stores();

  /**
   * The identity kind that is used where no identities are configured; empty if no built-in plugin
   * names one.
   */
  Optional<String> fallbackIdentity();
}
