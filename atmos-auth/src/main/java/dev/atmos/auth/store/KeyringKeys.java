package dev.atmos.auth.store;

import dev.atmos.auth.store.keyring.Keyring;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One random key in the operating system's keyring. It has a random name, which a file beside the
 * entries holds: so a keyring that has lost the key isn't taken for a new one.
 */
final class KeyringKeys implements KeySource {
  private static final int NAME_BYTES = 16;
  private static final int PATIENCE_SECONDS = 10;

  private final Services context;
  private final StateFiles files;
  private final Keyring keyring;
  private final Path nameFile;
  private final Path lock;
  private @Nullable EntryKey key;

  /**
   * @param nameFile holds the key's name
   */
  KeyringKeys(Services context, Path nameFile, Path lock) {
    this.context = context;
    this.files = new StateFiles(context);
    this.keyring = Keyring.of(context);
    this.nameFile = nameFile;
    this.lock = lock;
  }

  @Override
  public synchronized EntryKey opening(EncryptedEntry entry) {
    if (key == null) {
      key = find(name());
    }
    if (key == null) {
      throw new AtmosException(
          ExitCode.FAILED,
          "the keyring no longer has the key that " + nameFile.getParent() + " needs",
          StoreFailures.SIGN_IN);
    }
    return key;
  }

  @Override
  public synchronized EntryKey sealing(List<EncryptedEntry> others) {
    if (key == null) {
      key = find(name());
    }
    if (key == null) {
      Duration patience = Duration.ofSeconds(PATIENCE_SECONDS);
      key = context.locks().exclusively(lock, "the key of the keyring", patience, this::findOrMake);
    }
    return key;
  }

  /** Why the keyring can't be used; null if it can, and then it has a key. */
  synchronized @Nullable String whyNot() {
    try {
      sealing(List.of());
      return null;
    } catch (AtmosException e) {
      if (keyring.unavailable() == null) {
        throw e;
      }
      return keyring.unavailable();
    }
  }

  private EntryKey findOrMake() {
    String name = name();
    EntryKey found = find(name);
    if (found != null) {
      return found;
    }
    if (name == null) {
      name = HexFormat.of().formatHex(EntryKey.randomBytes(NAME_BYTES));
    }
    byte[] made = EntryKey.randomBytes(EntryKey.BYTES);
    keyring.store(name, Secret.of(Base64.getEncoder().encodeToString(made)));
    // Only what the keyring gives back can be relied on.
    EntryKey stored = find(name);
    if (stored == null || !stored.check().equals(EntryKey.ofRandom(made).check())) {
      throw keyring.unavailable("it does not keep what it is given");
    }
    files.write(nameFile, name + "\n");
    return stored;
  }

  private @Nullable EntryKey find(@Nullable String name) {
    Secret found = name == null ? null : keyring.lookup(name);
    byte[] bytes = found == null ? null : EncryptedEntry.base64(found.reveal().strip());
    return bytes == null || bytes.length != EntryKey.BYTES ? null : EntryKey.ofRandom(bytes);
  }

  /** The key's name; null if there never was a key. Other text is ignored: the shell gets this. */
  private @Nullable String name() {
    String name = files.text(nameFile).strip();
    return name.matches("[0-9a-f]{" + NAME_BYTES * 2 + "}") ? name : null;
  }

  /** Has the keyring forget the key; false if there was none. */
  boolean forget() {
    String name = name();
    if (name != null) {
      keyring.clear(name);
    }
    key = null;
    return files.delete(nameFile);
  }

  @Override
  public AtmosException otherKey(CredentialKey entry, EntryFiles entries) {
    return StoreFailures.damaged(
        entry, entries.path(entry), "it was made with another key than the keyring has");
  }
}
