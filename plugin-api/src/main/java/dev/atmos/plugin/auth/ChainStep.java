package dev.atmos.plugin.auth;

import dev.atmos.plugin.base.Secret;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a chain: a provider or an identity. Atmos calls it under a lock that all processes
 * respect, caches its grants, and calls it again when a grant is about to expire.
 *
 * <p>A step is created at most once per run and definition, and never closed. Its methods may be
 * called by different threads, one at a time. A call that takes longer than {@link
 * StepRequest#timeLeft} is given up; its thread may go on, and nothing uses its result.
 */
public interface ChainStep {

  /**
   * Gives a grant that is valid now, made from the grant of the step before, if there is one. May
   * use the network, run programs and read files.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#SIGN_IN_REQUIRED} if the user has to sign in and can't be
   *     asked; with {@link dev.atmos.plugin.base.ExitCode#DENIED} if access is refused; with {@link
   *     dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if the network or the server fails; then atmos
   *     uses a cached grant as long as it is valid
   * @throws GrantRefusedException if the server doesn't accept the request's input
   */
  Grant grant(StepRequest request);

  /**
   * The fields that decide whose its grants are and what they allow, by their names: accounts,
   * roles, addresses, key ids, and never a secret. Atmos uses a cached grant only while this is
   * equal. An empty map is a definite answer. An empty result means that they can't be known; then
   * neither the grants of this step nor those of later steps are cached. Called often, so it must
   * be fast: no network, no programs. It must not differ between versions of the plugin.
   */
  default Optional<Map<String, String>> cacheKey() {
    return Optional.empty();
  }

  /**
   * What this step makes its grants from, where that serves better than a grant: the key of a user,
   * by which a role can be assumed for longer than by a session of that user. It isn't cached, and
   * no program gets it. Uses no network and asks no person.
   *
   * @param next the step directly behind this one, which is about to make its grant; null for a
   *     request that atmos signs itself, for which a key needs no session
   * @return empty where {@link #grant} has to be used
   */
  default Optional<Grant> source(StepRequest request, @Nullable ChainStep next) {
    return Optional.empty();
  }

  /**
   * The fields that say whose a long-lived key is, if what this step {@linkplain
   * StepRequest#saveState saves} is one. The key is found as long as these are equal, and a logout
   * leaves it unless the user asks for it. Empty for anything else, which belongs to {@link
   * #cacheKey} and ends with a logout.
   */
  default Optional<Map<String, String>> savedKeyOwner() {
    return Optional.empty();
  }

  /**
   * Whether the user has to be asked for a new grant, as {@code atmos auth status} tells it: no
   * network, no programs. Where it can't be known, that the user has to be asked.
   *
   * @param savedState what this step has {@linkplain StepRequest#saveState saved}
   */
  default boolean needsUser(Optional<Secret> savedState) {
    return false;
  }

  /** Whether its grants may be cached in files. Long-lived keys may not. */
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
