package dev.atmos.plugin.auth;

import dev.atmos.plugin.base.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what a sign-in leaves behind and later ones need: tokens, refresh tokens, client secrets,
 * long-lived keys. One store serves one process, which may be one of many that use the same place
 * at the same time.
 *
 * <p>Nothing is asked of anybody, and nothing is opened, before the first of these methods is
 * called. An answer is to come within 3 seconds, unless it is a person who is asked; where the
 * context's terminal isn't interactive, nobody is.
 *
 * <p>All methods throw an {@link dev.atmos.plugin.base.AtmosException} where the store can't be
 * used: {@link dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if it doesn't answer, {@link
 * dev.atmos.plugin.base.ExitCode#USAGE} if it needs something that isn't set or is wrong, such as a
 * password. Messages show keys, never values.
 */
public interface CredentialStore {

  /**
   * The value of an entry; empty if there is no such entry.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if there is one that is damaged; it is left as it is
   */
  Optional<Secret> read(CredentialKey key);

  /**
   * Makes or replaces an entry, whole: whoever reads it meanwhile gets the old value or the new.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if it can't be written; what was there is as it was
   */
  void write(CredentialKey key, Secret value);

  /**
   * Removes an entry, damaged ones too; false if there is none.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if it can't be removed
   */
  boolean delete(CredentialKey key);

  /** The keys of all entries, sorted, those of damaged entries too. */
  List<CredentialKey> keys();
}
