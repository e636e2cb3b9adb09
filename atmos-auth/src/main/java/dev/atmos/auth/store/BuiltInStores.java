package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.Services;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stores that come with atmos. */
public final class BuiltInStores {
  static final String SYSTEM = "system";
  static final String FILE = FileStoreType.KIND;
  static final String PLAIN = "plain";
  static final String MEMORY = "memory";
  static final String NONE = "none";

  private BuiltInStores() {}

  private record BuiltIn(
      String kind, String description, Function<Services, CredentialStore> factory)
      implements CredentialStoreType {
    @Override
    public Schema schema() {
      return Schema.object(description);
    }

    @Override
    public CredentialStore create(Definition settings, PluginContext context) {
      return factory.apply(Services.of(context));
    }
  }

  /** All of them. */
  public static List<CredentialStoreType> types() {
    return List.of(
        new BuiltIn(SYSTEM, "The operating system's keyring.", BuiltInStores::system),
        new FileStoreType(),
        new BuiltIn(PLAIN, "Files that only the user can read.", BuiltInStores::plain),
        new BuiltIn(MEMORY, "The memory of the process.", services -> new MemoryStore()),
        new BuiltIn(NONE, "Keeps nothing.", services -> new NoStore()));
  }

  private static CredentialStore plain(Services services) {
    return new PlainStore(files(services, PLAIN));
  }

  private static CredentialStore system(Services services) {
    return new EncryptedStore(SYSTEM, files(services, SYSTEM), keyringKeys(services));
  }

  /** The key of the {@code system} store. */
  static KeyringKeys keyringKeys(Services services) {
    StateFiles files = new StateFiles(services);
    return new KeyringKeys(
        services,
        required(files.signIn(), SYSTEM).resolve("key-name"),
        required(files.locks(), SYSTEM).resolve("keyring.lock"));
  }

  static EntryFiles files(Services services, String store) {
    Path signIn = required(new StateFiles(services).signIn(), store);
    return new EntryFiles(services, signIn.resolve(store));
  }

  private static Path required(@Nullable Path path, String store) {
    if (path == null) {
      throw StoreFailures.homeless(store);
    }
    return path;
  }

  static boolean outlivesTheProcess(String store) {
    return !store.equals(MEMORY) && !store.equals(NONE);
  }
}
