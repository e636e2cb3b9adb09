package dev.atmos.auth.session;

import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.auth.DerivedSecrets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps secrets under the fingerprint of an identity's chain. On the token path. */
final class ChainSecrets implements DerivedSecrets {
  private final Services services;
  private final RoleCredentialFiles roles;

  ChainSecrets(Services services) {
    this.services = services;
    this.roles = new RoleCredentialFiles(services);
  }

  @Override
  public boolean keeps() {
    return roles.keepsDerived();
  }

  @Override
  public Optional<Secret> read(@Nullable String identity, String name) {
    Fingerprint fingerprint = fingerprint(identity);
    if (fingerprint == null || !keeps()) {
      return Optional.empty();
    }
    try {
      return roles.derived(fingerprint, name);
    } catch (AtmosException e) {
      services.console().debug(e.sentence());
      return Optional.empty();
    }
  }

  @Override
  public void write(@Nullable String identity, String name, @Nullable Secret secret) {
    Fingerprint fingerprint = fingerprint(identity);
    if (fingerprint == null || (secret != null && !keeps())) {
      return;
    }
    try {
      roles.writeDerived(fingerprint, name, secret);
    } catch (AtmosException e) {
      // As without a home.
      services.console().debug(e.sentence());
    }
  }

  private @Nullable Fingerprint fingerprint(@Nullable String identity) {
    Chain chain = ChainReader.of(services, identity);
    return chain.cachedUnder(chain.last());
  }
}
