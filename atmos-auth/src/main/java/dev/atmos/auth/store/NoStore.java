package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.base.Secret;
import java.util.List;
import java.util.Optional;

/** Keeps nothing. */
final class NoStore implements CredentialStore {
  @Override
  public Optional<Secret> read(CredentialKey key) {
    return Optional.empty();
  }

  @Override
  public void write(CredentialKey key, Secret value) {}

  @Override
  public boolean delete(CredentialKey key) {
    return false;
  }

  @Override
  public List<CredentialKey> keys() {
    return List.of();
  }
}
