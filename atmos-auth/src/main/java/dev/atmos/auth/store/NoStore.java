package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.Secret;

/** Keeps nothing. */
final class NoStore extends MemoryStore {
  @Override
  public void write(CredentialKey key, Secret value) {}
}
