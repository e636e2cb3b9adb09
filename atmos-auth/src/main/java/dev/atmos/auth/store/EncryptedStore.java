package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.base.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encrypted files, each an {@link EncryptedEntry}. */
final class EncryptedStore implements CredentialStore {
  private final String name;
  private final EntryFiles files;
  private final KeySource keys;

  EncryptedStore(String name, EntryFiles files, KeySource keys) {
    this.name = name;
    this.files = files;
    this.keys = keys;
  }

  @Override
  public Optional<Secret> read(CredentialKey key) {
    Optional<byte[]> content = files.read(key);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      EncryptedEntry entry = EncryptedEntry.parse(content.get());
      entry.requireOwner(name, key);
      return Optional.of(entry.open(keys.opening(entry)));
    } catch (CorruptEntryException damage) {
      throw switch (damage.why()) {
        case OTHER_KEY -> keys.otherKey(key, files);
        case OTHER_VERSION -> StoreFailures.otherVersion(key, files.path(key), damage.problem());
        case DAMAGED -> StoreFailures.damaged(key, files.path(key), damage.problem());
      };
    }
  }

  @Override
  public void write(CredentialKey key, Secret value) {
    List<EncryptedEntry> others = new ArrayList<>();
    for (CredentialKey other : files.keys()) {
      try {
        others.add(EncryptedEntry.parse(files.read(other).orElse(new byte[0])));
      } catch (CorruptEntryException damage) {
        // It is reported when it is needed.
      }
    }
    files.write(key, EncryptedEntry.seal(name, key, keys.sealing(others), value));
  }

  @Override
  public void reserve(CredentialKey key, int bytes) {
    files.reserve(key, bytes == 0 ? 0 : EncryptedEntry.mostBytes(bytes));
  }

  @Override
  public boolean delete(CredentialKey key) {
    return files.delete(key);
  }

  @Override
  public List<CredentialKey> keys() {
    return files.keys();
  }
}
