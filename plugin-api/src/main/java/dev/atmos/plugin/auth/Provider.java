package dev.atmos.plugin.auth;

import java.util.List;
import java.util.Optional;

/**
 * A provider of the configuration: where the user signs in, the first step of a chain. Providers
 * whose {@link #cacheKey} is equal share one sign-in.
 */
@FunctionalInterface
public interface Provider extends ChainStep {

  /**
   * A live grant that another tool left for everyone to use. It is used in preference to a new one,
   * and never cached or revoked. Is asked without a lock; no network, no process.
   */
  default Optional<Grant> externalGrant() {
    return Optional.empty();
  }

  /**
   * Tells the other side to end a session, at logout. Atmos waits 3 seconds at most, and has
   * removed what is local before.
   *
   * @param grant what {@link #grant} gave
   */
  default void revoke(Grant grant) {}

  /** Whether the configuration asks for the identities that a sign-in opens. */
  default boolean discoversIdentities() {
    return false;
  }

  /**
   * The identities that a sign-in opens, in the order in which they are best read. They are written
   * to the cache, and the configuration has them from then on.
   *
   * @param grant what {@link #grant} gave
   */
  default List<DiscoveredIdentity> discover(Grant grant) {
    return List.of();
  }
}
