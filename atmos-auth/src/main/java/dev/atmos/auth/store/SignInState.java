package dev.atmos.auth.store;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.auth.CredentialStoreTypes;
import dev.atmos.plugin.io.FileReader;
import dev.atmos.text.DisplayNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What sign-ins leave behind, in whichever store it is. Which one that was is recorded with each
 * entry, so that it needn't be guessed when it is read: a keyring that answered when somebody
 * signed in, and doesn't now, is a failure, and not the same as nobody having signed in.
 *
 * <p>A pinned store ({@code auth.keyring.type}) is used and no other. Without one, the first
 * sign-in tries the {@code system} store, and takes {@code plain} where no keyring answers, which
 * is said; those after it do as the first.
 *
 * <p>One of these serves one process, which needs it to be the only one: the {@code memory} store
 * is kept in it, and so is the key that the keyring gave. Who reads, decides and writes does so
 * under a lock of his own.
 */
public final class SignInState {
  private static final int LONGEST_NAME = 64;

  private final PluginContext context;
  private final KeyringSettings settings;
  private final @Nullable Path directory;
  private final Map<String, CredentialStore> stores = new HashMap<>();

  /**
   * @param mayAsk whether somebody may be asked for a password; on the path of a token, nobody is
   */
  public SignInState(PluginContext context, boolean mayAsk) {
    this.context = mayAsk ? context : new QuietContext(context);
    this.settings = new KeyringSettings(context);
    this.directory = Places.signIn(context.directories());
  }

  /**
   * What is kept under a key; empty if there is nothing.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if it is damaged, so that signing in again
   *     is what helps; with {@link ExitCode#UNAVAILABLE} or {@link ExitCode#USAGE} if it may be
   *     whole, and the store can't be used now
   */
  public Optional<Secret> read(CredentialKey key) {
    String pinned = settings.type();
    String name = pinned != null ? pinned : recorded(key);
    if (name == null && directory == null) {
      name = BuiltInStores.MEMORY;
    }
    return name == null ? Optional.empty() : store(name).read(key);
  }

  /**
   * Keeps something under a key.
   *
   * @throws AtmosException if it can't be kept
   */
  public void write(CredentialKey key, Secret value) {
    String before = recorded(key);
    String pinned = settings.type();
    String name = pinned != null ? pinned : before != null ? before : choose();
    CredentialStore store = store(name);
    if (!outlivesTheProcess(name)) {
      store.write(key, value);
    } else {
      // First, so that nothing is ever kept that nobody knows of.
      record(key, name);
      try {
        store.write(key, value);
      } catch (RuntimeException e) {
        record(key, before);
        throw e;
      }
    }
    if (before != null && !before.equals(name)) {
      store(before).delete(key);
    }
  }

  /**
   * The file that who reads, decides and writes what is kept under a key locks meanwhile; empty
   * where nothing is kept.
   */
  public Optional<Path> lock(CredentialKey key) {
    Path locks = Places.locks(context.directories());
    return locks == null ? Optional.empty() : Optional.of(locks.resolve(key.fileName() + ".lock"));
  }

  /** The name of the store that has something under a key; empty if there is nothing. */
  public Optional<String> storeOf(CredentialKey key) {
    String pinned = settings.type();
    return Optional.ofNullable(pinned != null ? pinned : recorded(key));
  }

  /** Removes what is kept under a key, wherever it is; false if there was nothing. */
  public boolean delete(CredentialKey key) {
    boolean deleted = false;
    for (String name : stores(recorded(key))) {
      deleted |= store(name).delete(key);
    }
    if (directory != null) {
      for (EntryFiles files : ownFiles(directory)) {
        deleted |= files.delete(key);
      }
      deleted |= deleteFile(records(directory).resolve(key.fileName()));
    }
    return deleted;
  }

  /** Everything that is kept, sorted by key; then what else there is to be removed. */
  List<StoredItem> items() {
    TreeMap<CredentialKey, String> found = new TreeMap<>();
    List<StoredItem> others = new ArrayList<>();
    String pinned = settings.type();
    if (pinned != null) {
      store(pinned).keys().forEach(key -> found.put(key, pinned));
    }
    if (directory != null) {
      for (EntryFiles files : ownFiles(directory)) {
        String name = String.valueOf(files.directory().getFileName());
        files.keys().forEach(key -> found.putIfAbsent(key, name));
        files.remnants().forEach(file -> others.add(new StoredItem.Remnant(file)));
      }
      for (CredentialKey key : new EntryFiles(context, records(directory)).keys()) {
        String name = recorded(key);
        if (name != null) {
          found.put(key, name);
        }
      }
      String chosen = readName(choice(directory));
      if (chosen != null) {
        others.add(new StoredItem.Choice(chosen));
      }
    }
    List<StoredItem> items = new ArrayList<>();
    found.forEach((key, name) -> items.add(new StoredItem.SignIn(key, name)));
    items.addAll(others);
    return items;
  }

  /** The stores that a sign-in may be in, but for those that are directories of ours. */
  private Set<String> stores(@Nullable String recorded) {
    Set<String> names = new LinkedHashSet<>();
    if (recorded != null) {
      names.add(recorded);
    }
    String pinned = settings.type();
    if (pinned != null) {
      names.add(pinned);
    }
    if (directory == null) {
      names.add(BuiltInStores.MEMORY);
    }
    return names;
  }

  private List<EntryFiles> ownFiles(Path place) {
    return List.of(
        new EntryFiles(context, place.resolve(BuiltInStores.FILE)),
        new EntryFiles(context, place.resolve(BuiltInStores.PLAIN)),
        new EntryFiles(context, place.resolve(BuiltInStores.SYSTEM)));
  }

  /**
   * Forgets which store was chosen, and has the keyring forget its key; false if there was neither.
   *
   * @throws AtmosException with {@link ExitCode#UNAVAILABLE} if the keyring doesn't answer
   */
  boolean forgetChoice() {
    if (directory == null) {
      return false;
    }
    boolean had = BuiltInStores.keyringKeys(context).forget();
    stores.remove(BuiltInStores.SYSTEM);
    return deleteFile(choice(directory)) || had;
  }

  /** The store for what isn't kept yet, where none is pinned. */
  private String choose() {
    if (directory == null) {
      return BuiltInStores.MEMORY;
    }
    String chosen = chosen();
    if (chosen != null) {
      return chosen;
    }
    KeyringKeys keys = BuiltInStores.keyringKeys(context);
    String whyNot = keys.whyNot();
    String name = whyNot == null ? BuiltInStores.SYSTEM : BuiltInStores.PLAIN;
    if (whyNot != null) {
      context
          .console()
          .say(
              "No keyring answers ("
                  + whyNot
                  + "). Sign-ins are kept in files that only you can read, in "
                  + directory.resolve(BuiltInStores.PLAIN)
                  + "; auth.keyring.type in atmos.yaml can say otherwise");
    }
    writeName(choice(directory), name);
    return name;
  }

  private @Nullable String chosen() {
    return directory == null ? null : readName(choice(directory));
  }

  private @Nullable String recorded(CredentialKey key) {
    Path record = recordOf(key);
    return record == null ? null : readName(record);
  }

  private void record(CredentialKey key, @Nullable String store) {
    Path record = recordOf(key);
    if (record != null && store == null) {
      deleteFile(record);
    } else if (record != null && store != null && !store.equals(readName(record))) {
      writeName(record, store);
    }
  }

  private @Nullable Path recordOf(CredentialKey key) {
    return directory == null ? null : records(directory).resolve(key.fileName());
  }

  private static Path records(Path directory) {
    return directory.resolve("stores");
  }

  private static Path choice(Path directory) {
    return directory.resolve("store");
  }

  /** The name of a store that a file holds; null if there is none, or none that can be one. */
  private @Nullable String readName(Path file) {
    Optional<byte[]> content;
    try {
      content = context.privateFiles().read(file, LONGEST_NAME);
    } catch (FileReader.FileTooLargeException e) {
      return null;
    } catch (IOException e) {
      throw StoreFailures.unreadable(file, e);
    }
    if (content.isEmpty()) {
      return null;
    }
    String name = new String(content.get(), StandardCharsets.ISO_8859_1).strip();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c < 'a' || c > 'z') && (i == 0 || (c != '-' && (c < '0' || c > '9')))) {
        return null;
      }
    }
    return name.isEmpty() ? null : name;
  }

  private void writeName(Path file, String name) {
    try {
      context.privateFiles().write(file, (name + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw StoreFailures.unwritable(file, e);
    }
  }

  private boolean deleteFile(Path file) {
    try {
      return context.privateFiles().delete(file);
    } catch (IOException e) {
      throw StoreFailures.unremovable(file, e);
    }
  }

  private static boolean outlivesTheProcess(String store) {
    return !store.equals(BuiltInStores.MEMORY) && !store.equals(BuiltInStores.NONE);
  }

  private CredentialStore store(String name) {
    CredentialStore store = stores.get(name);
    if (store == null) {
      CredentialStoreTypes types = context.service(CredentialStoreTypes.class);
      store =
          types
              .findStore(name)
              .orElseThrow(() -> unknown(name, types.storeNames()))
              .create(context);
      stores.put(name, store);
    }
    return store;
  }

  private AtmosException unknown(String name, List<String> names) {
    if (name.equals(settings.type())) {
      return new AtmosException(
          ExitCode.USAGE,
          settings.typeSource() + " names no store: " + DisplayNames.quoted(name),
          "there are " + DisplayNames.list(names));
    }
    return new AtmosException(
        ExitCode.PLUGIN,
        "a sign-in is kept in the store "
            + DisplayNames.quoted(name)
            + ", which no plugin supplies");
  }
}
