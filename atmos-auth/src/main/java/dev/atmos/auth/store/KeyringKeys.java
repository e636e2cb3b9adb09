package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One random key, which the operating system's keyring holds. It goes by a random name, which a
 * file beside the entries has: so a keyring that has lost the key isn't taken for a new one.
 */
final class KeyringKeys implements KeySource {
  private static final int NAME_BYTES = 16;
  private static final int NAME_LENGTH = NAME_BYTES * 2;
  private static final int PATIENCE_SECONDS = 10;

  private final Services context;
  private final SecretTool tool;
  private final Path nameFile;
  private final Path lock;
  private final SecureRandom random;
  private @Nullable EntryKey key;
  private @Nullable String unavailable;

  /**
   * @param nameFile where the key's name is
   */
  KeyringKeys(Services context, SecretTool tool, Path nameFile, Path lock, SecureRandom random) {
    this.context = context;
    this.tool = tool;
    this.nameFile = nameFile;
    this.lock = lock;
    this.random = random;
  }

  @Override
  public synchronized EntryKey opening(EncryptedEntry entry) {
    if (key != null) {
      return key;
    }
    String name = name();
    EntryKey found = name == null ? null : find(name);
    if (found == null) {
      throw new AtmosException(
          ExitCode.FAILED,
          "the keyring does not have the key any more that " + nameFile.getParent() + " needs",
          StoreFailures.SIGN_IN);
    }
    key = found;
    return found;
  }

  @Override
  public synchronized EntryKey sealing(List<EncryptedEntry> others) {
    if (key == null) {
      String name = name();
      EntryKey found = name == null ? null : find(name);
      key =
          found == null
              ? context
                  .locks()
                  .exclusively(
                      lock,
                      "the key of the keyring",
                      Duration.ofSeconds(PATIENCE_SECONDS),
                      this::findOrMake)
              : found;
    }
    return key;
  }

  /** Why the keyring can't be used; null if it can, which means that it has a key now. */
  synchronized @Nullable String whyNot() {
    try {
      EntryKey ready = sealing(List.of());
      return ready.kdf().isNone() ? null : "it has no key";
    } catch (AtmosException e) {
      if (unavailable == null) {
        throw e;
      }
      return unavailable;
    }
  }

  private EntryKey findOrMake() {
    String name = name();
    EntryKey found = name == null ? null : find(name);
    if (found != null) {
      return found;
    }
    if (name == null) {
      byte[] bytes = new byte[NAME_BYTES];
      random.nextBytes(bytes);
      name = HexFormat.of().formatHex(bytes);
    }
    byte[] made = new byte[EntryKey.BYTES];
    random.nextBytes(made);
    try {
      tool.store(name, Secret.of(Base64.getEncoder().encodeToString(made)));
    } catch (SecretTool.Unavailable e) {
      throw unavailable(e);
    }
    // Only what the keyring gives back can be relied on.
    EntryKey stored = find(name);
    EntryKey expected = EntryKey.ofRandom(made);
    if (stored == null || !stored.check().equals(expected.check())) {
      throw unavailable(new SecretTool.Unavailable("it does not keep what it is given"));
    }
    try {
      context.privateFiles().write(nameFile, (name + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw StoreFailures.unwritable(nameFile, e);
    }
    return stored;
  }

  private @Nullable EntryKey find(String name) {
    if (unavailable != null) {
      throw unavailable(new SecretTool.Unavailable(unavailable));
    }
    Secret found;
    try {
      found = tool.lookup(name);
    } catch (SecretTool.Unavailable e) {
      throw unavailable(e);
    }
    if (found == null) {
      return null;
    }
    byte[] bytes = EncryptedEntry.base64(found.reveal().strip());
    return bytes == null || bytes.length != EntryKey.BYTES ? null : EntryKey.ofRandom(bytes);
  }

  /** The key's name; null if there never was a key. */
  private @Nullable String name() {
    Optional<byte[]> content;
    try {
      content = context.privateFiles().read(nameFile, NAME_LENGTH + 2);
    } catch (IOException e) {
      throw StoreFailures.unreadable(nameFile, e);
    }
    if (content.isEmpty()) {
      return null;
    }
    String name = new String(content.get(), StandardCharsets.ISO_8859_1).strip();
    boolean valid = name.length() == NAME_LENGTH;
    for (int i = 0; valid && i < NAME_LENGTH; i++) {
      valid = HexFormat.isHexDigit(name.charAt(i));
    }
    // What is none is given up: the shell must not see it.
    return valid ? name : null;
  }

  /** Has the keyring forget the key; false if there was none. */
  boolean forget() {
    String name = name();
    if (name != null) {
      try {
        tool.clear(name);
      } catch (SecretTool.Unavailable e) {
        throw unavailable(e);
      }
    }
    key = null;
    try {
      return context.privateFiles().delete(nameFile);
    } catch (IOException e) {
      throw StoreFailures.unremovable(nameFile, e);
    }
  }

  private AtmosException unavailable(SecretTool.Unavailable e) {
    unavailable = e.getMessage();
    return new AtmosException(
        ExitCode.UNAVAILABLE,
        "the keyring, which sign-ins are kept with, does not answer: " + e.getMessage(),
        "unlock it, or sign in again into files with:"
            + " ATMOS_KEYRING_TYPE=plain atmos auth login (often there is no keyring over SSH)");
  }

  @Override
  public AtmosException otherKey(CredentialKey entry, EntryFiles files) {
    return StoreFailures.damaged(
        entry, files.path(entry), "it was made with another key than the keyring has");
  }
}
