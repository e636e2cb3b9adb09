package dev.atmos.auth.store;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that is kept, to be shown and removed. What is to be removed is a choice of these items: the
 * list that is shown is the list that is done.
 */
public final class StoredItems {
  private final Services context;
  private final RoleCredentialFiles roles;
  private final SignInState signIns;

  /** All that these two keep. */
  public StoredItems(Services context, RoleCredentialFiles roles, SignInState signIns) {
    this.context = context;
    this.roles = roles;
    this.signIns = signIns;
  }

  /** Credentials of roles by fingerprint, then sign-ins by key, then the rest. Asks no keyring. */
  public List<StoredItem> all() {
    return Stream.concat(roles.items().stream(), signIns.items().stream()).toList();
  }

  /**
   * Removes an item; false if it isn't there any more.
   *
   * @throws AtmosException if it can't be removed; others can be nevertheless
   */
  public boolean remove(StoredItem item) {
    return switch (item) {
      case StoredItem.Role role -> roles.delete(role.fingerprint());
      case StoredItem.SignIn signIn -> signIns.delete(signIn.key());
      case StoredItem.Choice choice -> signIns.forgetChoice();
      case StoredItem.Unreachable store -> throw store.why();
      case StoredItem.PrivateFile left -> new StateFiles(context).delete(left.file());
    };
  }
}
