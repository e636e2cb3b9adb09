package dev.atmos.plugin.auth;

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
}
