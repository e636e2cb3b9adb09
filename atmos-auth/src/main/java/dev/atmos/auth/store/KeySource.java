package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.AtmosException;
import java.util.List;

/** Where the keys of encrypted entries come from. Asks when it is first needed, and once. */
interface KeySource {

  /**
   * The key that an entry may have been made with.
   *
   * @throws AtmosException if it can't be had
   */
  EntryKey opening(EncryptedEntry entry);

  /**
   * The key for a new entry.
   *
   * @param others the entries that already exist
   * @throws AtmosException if it can't be had
   */
  EntryKey sealing(List<EncryptedEntry> others);

  /** The failure of an entry that was made with another key. */
  AtmosException otherKey(CredentialKey key, EntryFiles files);
}
