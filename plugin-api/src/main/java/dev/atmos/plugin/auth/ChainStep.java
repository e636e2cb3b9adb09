package dev.atmos.plugin.auth;

import java.util.Map;
import java.util.Optional;

/**
 * One step of a chain: a provider or an identity. Atmos calls it under a lock that all processes
 * respect, caches what it gives, and calls it again when that is about to expire.
 *
 * <p>A step is used by one thread at a time. It is created at most once per run and dropped at its
 * end; there is nothing to close.
 */
public interface ChainStep {

  /**
   * Gives a grant that is valid now, made from what the step before gave, if there is one.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#SIGN_IN_REQUIRED} if the user has to be asked and can't be;
   *     with {@link dev.atmos.plugin.base.ExitCode#DENIED} if access is refused; with {@link
   *     dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if the network or the other side fails, in
   *     which case a cached grant is used as long as it is valid
   * @throws GrantRefusedException if the other side doesn't accept the request's input
   */
  Grant grant(StepRequest request);

  /**
   * What decides whose its grants are and what they allow: accounts, roles, addresses, key ids, by
   * the names of fields, and never a secret. A cached grant is used only while this is equal. An
   * empty map is a definite answer. An empty result means that this can't be known; then neither
   * this step's grants nor those of later steps are cached. Is asked often, so it must be fast: no
   * network, no process. It must be equal in each version of the plugin.
   */
  default Optional<Map<String, String>> cacheKey() {
    return Optional.empty();
  }

  /** Whether its grants may be cached in files. Those of the environment may not. */
  default boolean isCacheable() {
    return cacheKey().isPresent();
  }

  /**
   * Whether its grants come from variables and files of this process's environment. Programs that
   * are started as such an identity keep that environment.
   */
  default boolean isAmbient() {
    return false;
  }

  /** The region that its definition names, for itself and for the steps that start from it. */
  default Optional<String> region() {
    return Optional.empty();
  }
}
