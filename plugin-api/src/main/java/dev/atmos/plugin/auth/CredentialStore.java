package dev.atmos.plugin.auth;

import dev.atmos.plugin.base.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what a sign-in leaves behind and later ones need: tokens, refresh tokens, client secrets,
 * long-lived keys. One object serves one run, and is never closed. Other processes may use the same
 * storage at the same time.
 *
 * <p>The store opens nothing and asks no question before the first call of one of these methods.
 * Each call answers within 3 seconds, unless it asks the user, which it may do only if the
 * context's terminal is interactive. The methods may be called by different threads, one at a time;
 * a call that takes too long is given up, and its thread may go on beside later calls.
 *
 * <p>All methods throw an {@link dev.atmos.plugin.base.AtmosException} if the store can't be used:
 * {@link dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if it doesn't answer, {@link
 * dev.atmos.plugin.base.ExitCode#USAGE} if a setting that it needs is missing or wrong, such as a
 * password. Messages show keys, never values.
 */
public interface CredentialStore {

  /**
   * The value of an entry; empty if there is no such entry.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if the entry is damaged; it is left as it is
   */
  Optional<Secret> read(CredentialKey key);

  /**
   * Creates or replaces an entry in one step: a concurrent reader gets the old value or the new
   * one.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if it can't be written; the old value is unchanged
   */
  void write(CredentialKey key, Secret value);

  /**
   * Makes sure that the next {@link #write} of an entry can't fail for want of space, as far as the
   * store can.
   *
   * @param bytes how long the value may be; 0 takes an earlier reservation back
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if the disk lacks that space
   */
  default void reserve(CredentialKey key, int bytes) {}

  /**
   * Removes an entry, even a damaged one; false if there is none.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if it can't be removed
   */
  boolean delete(CredentialKey key);

  /** The keys of all entries, sorted, including damaged ones. */
  List<CredentialKey> keys();
}
