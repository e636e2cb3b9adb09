package dev.atmos.auth.store;

import dev.atmos.services.Services;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.auth.CredentialStoreType;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stores that come with atmos. */
public final class BuiltInStores {
  static final String SYSTEM = "system";
  static final String FILE = "file";
  static final String PLAIN = "plain";
  static final String MEMORY = "memory";
  static final String NONE = "none";

  private static final String KEYRING_LOCK = "keyring.lock";

  private BuiltInStores() {}

  private record BuiltIn(String name, Function<Services, CredentialStore> factory)
      implements CredentialStoreType {
    @Override
    public CredentialStore create(Services context) {
      return factory.apply(context);
    }
  }

  /** All of them. */
  public static List<CredentialStoreType> types() {
    return List.of(
        new BuiltIn(SYSTEM, BuiltInStores::system),
        new BuiltIn(FILE, BuiltInStores::file),
        new BuiltIn(PLAIN, BuiltInStores::plain),
        new BuiltIn(MEMORY, context -> new MemoryStore()),
        new BuiltIn(NONE, context -> new NoStore()));
  }

  private static CredentialStore plain(Services context) {
    return new PlainStore(files(context, PLAIN));
  }

  private static CredentialStore file(Services context) {
    KeyringSettings settings = new KeyringSettings(context);
    Path path = settings.filePath();
    SecureRandom random = new SecureRandom();
    return new SealedStore(
        FILE,
        path == null ? files(context, FILE) : new EntryFiles(context, path),
        new PasswordKeys(context, settings.passwordVariable(), random),
        random);
  }

  private static CredentialStore system(Services context) {
    return new SealedStore(
        SYSTEM, files(context, SYSTEM), keyringKeys(context), new SecureRandom());
  }

  /** The key of the {@code system} store. */
  static KeyringKeys keyringKeys(Services context) {
    return new KeyringKeys(
        context,
        new SecretTool(context),
        signIn(context, SYSTEM).resolve("key-name"),
        locks(context).resolve(KEYRING_LOCK),
        new SecureRandom());
  }

  private static EntryFiles files(Services context, String store) {
    return new EntryFiles(context, signIn(context, store).resolve(store));
  }

  private static Path signIn(Services context, String store) {
    return there(Places.signIn(context.directories()), store);
  }

  private static Path locks(Services context) {
    return there(Places.locks(context.directories()), SYSTEM);
  }

  private static Path there(@Nullable Path path, String store) {
    if (path == null) {
      throw StoreFailures.homeless(store);
    }
    return path;
  }
}
