package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.kind.Kinds;
import dev.atmos.text.DisplayNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What sign-ins leave behind, in whichever store it is. Which one that was is recorded with each
 * entry, so that it needn't be guessed when it is read: a keyring that answered when the user
 * signed in, and doesn't now, is a failure, and doesn't mean that the user is signed out.
 *
 * <p>A pinned store ({@code auth.keyring.type}) is used and no other. Without one, the first
 * sign-in tries the {@code system} store, and takes {@code plain} where no keyring answers, and
 * says so; later ones use the same store.
 *
 * <p>A process must have no more than one of these: it holds the {@code memory} store, and the key
 * that the keyring gave. A caller that reads, decides and writes does so under the entry's {@link
 * #lock}.
 */
public final class SignInState {
  private final Services context;
  private final boolean mayAsk;
  private final KeyringSettings settings;
  private final StateFiles files;
  private final @Nullable Path directory;
  private final @Nullable SignInRecords records;
  private final Map<String, CredentialStore> stores = new HashMap<>();

  /**
   * @param mayAsk whether a store may ask the user for a password; never for a token
   */
  public SignInState(Services context, boolean mayAsk) {
    this.context = context;
    this.mayAsk = mayAsk;
    this.settings = new KeyringSettings(context);
    this.files = new StateFiles(context);
    this.directory = files.signIn();
    this.records = SignInRecords.of(context);
  }

  /**
   * What is kept under a key; empty if nothing is.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if it is damaged, so that signing in again
   *     is what helps; with {@link ExitCode#UNAVAILABLE} or {@link ExitCode#USAGE} if it may be
   *     whole, and the store can't be used now
   */
  public synchronized Optional<Secret> read(CredentialKey key) {
    return storeOf(key).flatMap(name -> allowed(name).read(key));
  }

  /**
   * Keeps something under a key.
   *
   * @param times what its record says
   * @throws AtmosException if it can't be kept
   */
  public synchronized void write(CredentialKey key, Secret value, SignInRecords.Times times) {
    String before = recorded(key);
    SignInRecords.Times timesBefore = times(key);
    String name = storeOf(key).orElseGet(this::choose);
    CredentialStore store = allowed(name);
    if (!BuiltInStores.outlivesTheProcess(name)) {
      store.write(key, value);
    } else {
      // First, so that every entry has a record.
      record(key, name, times);
      try {
        store.write(key, value);
      } catch (RuntimeException e) {
        record(key, before, timesBefore);
        throw e;
      }
    }
    if (before != null && !before.equals(name)) {
      store(before).delete(key);
    }
  }

  /** What the record of a sign-in says; nothing where it has none. */
  public SignInRecords.Times times(CredentialKey key) {
    return records == null ? SignInRecords.Times.NONE : records.times(key);
  }

  /**
   * Has the store of what is kept under a key take the space for its successor.
   *
   * @param bytes how long the successor may be; 0 gives the space back
   * @throws AtmosException if the disk lacks that space
   */
  public synchronized void reserve(CredentialKey key, int bytes) {
    storeOf(key).ifPresent(name -> allowed(name).reserve(key, bytes));
  }

  /**
   * The file to lock by a caller that reads, decides and writes what is kept under a key; empty
   * where nothing is kept.
   */
  public Optional<Path> lock(CredentialKey key) {
    return Optional.ofNullable(files.locks()).map(locks -> locks.resolve(key.fileName() + ".lock"));
  }

  /** The name of the store that has, or would have, an entry; empty if none was chosen yet. */
  private Optional<String> storeOf(CredentialKey key) {
    String name = settings.type();
    if (name == null) {
      name = directory == null ? BuiltInStores.MEMORY : recorded(key);
    }
    return Optional.ofNullable(name);
  }

  /** Removes what is kept under a key, wherever it is; false if there was nothing. */
  public synchronized boolean delete(CredentialKey key) {
    Set<String> names = new LinkedHashSet<>();
    String recorded = recorded(key);
    if (recorded != null) {
      names.add(recorded);
    }
    storeOf(key).ifPresent(names::add);
    boolean deleted = false;
    // First what needs no other program's help, and no settings of a store.
    for (EntryFiles own : ownFiles()) {
      deleted |= own.delete(key);
      names.remove(name(own));
    }
    for (String name : names) {
      try {
        deleted |= store(name).delete(key);
      } catch (AtmosException e) {
        if (name.equals(recorded) || !deleted) {
          throw e;
        }
        // The store that is pinned now isn't the one that had it.
        context.console().debug(e.sentence());
      }
    }
    if (records != null) {
      deleted |= records.delete(key);
    }
    return deleted;
  }

  /** Everything that is kept, sorted by key; then everything else that can be removed. */
  List<StoredItem> items() {
    TreeMap<CredentialKey, String> found = new TreeMap<>();
    List<StoredItem> others = new ArrayList<>();
    String pinned = pinned();
    if (pinned != null) {
      try {
        store(pinned).keys().forEach(key -> found.put(key, pinned));
      } catch (AtmosException e) {
        others.add(new StoredItem.Unreachable(pinned, e));
      }
    }
    if (directory != null && records != null) {
      for (EntryFiles own : ownFiles()) {
        own.keys().forEach(key -> found.putIfAbsent(key, name(own)));
        own.remnants().forEach(file -> others.add(new StoredItem.PrivateFile(file)));
      }
      for (CredentialKey key : records.keys()) {
        String name = recorded(key);
        if (name != null) {
          found.put(key, name);
        } else if (!found.containsKey(key)) {
          others.add(new StoredItem.PrivateFile(records.file(key)));
        }
      }
      if (context.files().exists(choice(directory))) {
        others.add(new StoredItem.Choice(chosen(directory).orElse("unknown")));
      }
    }
    List<StoredItem> items = new ArrayList<>();
    found.forEach((key, name) -> items.add(new StoredItem.SignIn(key, name)));
    items.addAll(others);
    return items;
  }

  /** The store that is pinned; null for none, and where a broken configuration can't say. */
  private @Nullable String pinned() {
    try {
      return settings.type();
    } catch (AtmosException e) {
      context.console().debug(e.sentence());
      return null;
    }
  }

  /** What an item holds, in the store that has it, whichever is pinned now; empty for nothing. */
  public Optional<Secret> read(StoredItem.SignIn item) {
    return store(item.store()).read(item.key());
  }

  private List<EntryFiles> ownFiles() {
    Path place = directory;
    return place == null
        ? List.of()
        : Stream.of(BuiltInStores.FILE, BuiltInStores.PLAIN, BuiltInStores.SYSTEM)
            .map(name -> new EntryFiles(context, place.resolve(name)))
            .toList();
  }

  private static String name(EntryFiles own) {
    return String.valueOf(own.directory().getFileName());
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
    return files.delete(choice(directory)) || had;
  }

  /** The store for new entries, where none is pinned. */
  private String choose() {
    if (directory == null) {
      return BuiltInStores.MEMORY;
    }
    Optional<String> chosen = chosen(directory);
    if (chosen.isPresent()) {
      return chosen.get();
    }
    String whyNot = BuiltInStores.keyringKeys(context).whyNot();
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
    context.policy().ifPresent(policy -> policy.requireStore(name));
    files.write(choice(directory), name + "\n");
    return name;
  }

  /** The store that has an entry, by its record; by where the entry is, if that is damaged. */
  private @Nullable String recorded(CredentialKey key) {
    String name = records == null ? null : records.store(key);
    if (name != null && context.kinds().stores().find(name).isEmpty()) {
      for (EntryFiles own : ownFiles()) {
        if (own.keys().contains(key)) {
          return name(own);
        }
      }
    }
    return name;
  }

  /** Which of the two stores was chosen; empty if none was, or if its record is damaged. */
  private Optional<String> chosen(Path place) {
    String name = StateFiles.name(files.text(choice(place)).strip());
    return name != null && List.of(BuiltInStores.SYSTEM, BuiltInStores.PLAIN).contains(name)
        ? Optional.of(name)
        : Optional.empty();
  }

  private void record(CredentialKey key, @Nullable String store, SignInRecords.Times times) {
    if (records == null) {
      return;
    }
    if (store == null) {
      records.delete(key);
    } else {
      records.write(key, store, times);
    }
  }

  private static Path choice(Path directory) {
    return directory.resolve("store");
  }

  /** A store to read or write, which the policy of the machine has to allow. */
  private CredentialStore allowed(String name) {
    context.policy().ifPresent(policy -> policy.requireStore(name));
    return store(name);
  }

  private CredentialStore store(String name) {
    CredentialStore store = stores.get(name);
    if (store == null) {
      Kinds<CredentialStoreType> types = context.kinds().stores();
      store =
          types
              .find(name)
              .orElseThrow(() -> unknown(name, types.names()))
              .create(settings.definition(), mayAsk ? context : new NonInteractiveContext(context));
      stores.put(name, store);
    }
    return store;
  }

  private AtmosException unknown(String name, List<String> names) {
    if (name.equals(settings.type())) {
      return new AtmosException(
          ExitCode.USAGE,
          settings.typeSource() + " names no store: " + DisplayNames.quoted(name),
          "known: " + DisplayNames.list(names));
    }
    return new AtmosException(
        ExitCode.PLUGIN,
        "a sign-in is kept in the store "
            + DisplayNames.quoted(name)
            + ", which no plugin supplies");
  }
}
