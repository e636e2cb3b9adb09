package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.AtmosException;
import java.nio.file.Path;
import java.util.List;

/** Something that is kept, as it is shown before it is removed. */
public sealed interface StoredItem {

  /**
   * The credentials of a role.
   *
   * @param fingerprint what they were made from
   * @param profiles the names under which they are there
   * @param directory where they are
   */
  record Role(Fingerprint fingerprint, List<String> profiles, Path directory)
      implements StoredItem {}

  /**
   * What a sign-in has left behind.
   *
   * @param key names it
   * @param store the name of the store that it is in
   */
  record SignIn(CredentialKey key, String store) implements StoredItem {
    /** What the keys of entries begin with that hold a long-lived key. */
    public static final String LONG_LIVED = "key";

    /** Whether it is a long-lived key, which a person has entered. */
    public boolean isLongLived() {
      return key.kind().equals(LONG_LIVED);
    }
  }

  /**
   * Which store was found to work, and for {@code system} the key in the keyring: what all sign-ins
   * share, and none needs any more once they are gone.
   *
   * @param store its name
   */
  record Choice(String store) implements StoredItem {}

  /**
   * Whatever may be in a store that can't be looked into.
   *
   * @param store the name of the store
   * @param why what is wrong with it
   */
  record Unreachable(String store, AtmosException why) implements StoredItem {}

  /**
   * A file that only the user can read, such as the remains of an interrupted write.
   *
   * @param file where it is
   */
  record PrivateFile(Path file) implements StoredItem {}
}
