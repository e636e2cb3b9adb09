package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.base.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Files that only their owner can read, and that hold no more than the value. */
final class PlainStore implements CredentialStore {
  private final EntryFiles files;

  PlainStore(EntryFiles files) {
    this.files = files;
  }

  @Override
  public Optional<Secret> read(CredentialKey key) {
    Optional<byte[]> content = files.read(key);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Secret.of(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(content.get()))
                  .toString()));
    } catch (CharacterCodingException e) {
      throw StoreFailures.damaged(key, files.path(key), "it is no text");
    }
  }

  @Override
  public void write(CredentialKey key, Secret value) {
    files.write(key, value.reveal().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void reserve(CredentialKey key, int bytes) {
    files.reserve(key, bytes);
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
