package dev.atmos.plugin.auth;

import dev.atmos.plugin.base.ImplementedByHost;
import dev.atmos.plugin.base.Secret;
import java.util.List;
import java.util.Optional;

/**
 * A provider of the configuration: where the user signs in, and the first step of a chain.
 * Providers with an equal {@link #cacheKey} share one sign-in.
 */
@FunctionalInterface
public interface Provider extends ChainStep {

  /**
   * A live grant that another tool left for every program to use. Atmos prefers it to a new one,
   * and never caches or revokes it. Called without a lock; uses no network and no programs.
   */
  default Optional<Grant> externalGrant() {
    return Optional.empty();
  }

  /** Whether the user has to be asked: for most providers, where nothing is saved. */
  @Override
  default boolean needsUser(Optional<Secret> savedState) {
    return savedState.isEmpty();
  }

  /**
   * Tells the server to end a session, at logout. Atmos waits 3 seconds at most; it has already
   * removed everything on this machine.
   *
   * @param grant what {@link #grant} gave
   */
  default void revoke(Grant grant) {}

  /** Whether the configuration asks to discover the identities that a sign-in gives access to. */
  default boolean discoversIdentities() {
    return false;
  }

  /**
   * The identities that a sign-in gives access to, in the order in which people read them best.
   * Atmos caches them, and the configuration has them from then on. May use the network.
   *
   * @param grant what {@link #grant} gave
   */
  default List<DiscoveredIdentity> discover(Grant grant) {
    return List.of();
  }

  /**
   * The same as {@link #discover(Grant)}, for a provider that needs many calls: what it has found
   * in one part of its offer, such as an account, is kept if a later part fails or the user
   * interrupts it, and isn't listed again. Atmos calls this method.
   *
   * @param grant what {@link #grant} gave
   * @param parts what is known already, and where to put what is found
   */
  default List<DiscoveredIdentity> discover(Grant grant, Parts parts) {
    return discover(grant);
  }

  /** The parts of a list that takes long. Safe for use by several threads. */
  @ImplementedByHost
  interface Parts {

    /** Says how many parts there are, of which some may be known. Atmos shows the progress. */
    void expect(int count);

    /**
     * What an earlier list, which was interrupted, has found in a part; empty if the part has to be
     * listed.
     *
     * @param part a name of the part that changes if what was found there is no longer right
     */
    Optional<List<DiscoveredIdentity>> known(String part);

    /** Keeps what was found in a part. */
    void found(String part, List<DiscoveredIdentity> identities);
  }
}
