package dev.atmos.plugin.auth;

import java.util.Optional;

/** A provider of the configuration: where somebody signs in, the first step of a chain. */
public interface Provider extends ChainStep {

  /**
   * Signs in: without asking anybody where what was kept allows it, else by the request's dialog.
   * Providers whose {@link #madeFrom} is the same share one sign-in.
   *
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#SIGN_IN_REQUIRED}
   *     if somebody has to be asked, and can't be; with {@link
   *     dev.atmos.plugin.ExitCode#UNAVAILABLE} if the network or the other side is in the way, in
   *     which case what was made before is used as long as it lasts
   */
  Grant grant(StepRequest request);

  /**
   * A live grant that another tool has left where everybody can use it. It is used in preference to
   * a new one, and never kept or revoked. Is asked without a lock; no network, no process.
   */
  default Optional<Grant> borrowed() {
    return Optional.empty();
  }

  /**
   * Has the other side forget a sign-in, at logout. Nobody waits for longer than 3 seconds.
   *
   * @param grant what {@link #grant} has made
   */
  default void revoke(Grant grant) {}
}
