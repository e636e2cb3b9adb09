package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.base.Secret;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What is kept ends with the process. */
class MemoryStore implements CredentialStore {
  private final ConcurrentSkipListMap<CredentialKey, Secret> entries =
      new ConcurrentSkipListMap<>();

  @Override
  public Optional<Secret> read(CredentialKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public void write(CredentialKey key, Secret value) {
    entries.put(key, value);
  }

  @Override
  public boolean delete(CredentialKey key) {
    return entries.remove(key) != null;
  }

  @Override
  public List<CredentialKey> keys() {
    return List.copyOf(entries.keySet());
  }
}
