package dev.atmos.auth.chain;

import dev.atmos.plugin.auth.Grant;
import java.util.List;

/** A provider that can tell which identities a sign-in to it opens. */
public interface Offering {

  /**
   * An identity that a sign-in opens.
   *
   * @param permissionSet the name of what is assigned
   * @param accountId 12 digits
   * @param accountName what the account is called; not always unique
   */
  record Offered(String permissionSet, String accountId, String accountName) {}

  /** Whether the configuration wants to know. */
  boolean isWanted();

  /**
   * All that there are, by account and name.
   *
   * @param grant of the sign-in
   */
  List<Offered> offered(Grant grant);
}
