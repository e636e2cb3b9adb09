package dev.atmos.plugin.auth;

import java.util.Map;
import java.util.Optional;

/**
 * One step of the way from a sign-in to the credentials of an identity. Atmos calls it under a lock
 * that all processes respect, keeps what it makes and calls it again when that is about to expire.
 */
public interface ChainStep {

  /**
   * What decides whose its grants are, and what they allow: accounts, roles, addresses, ids of
   * keys, by names of fields, and never a secret. What was made is only used again while this is
   * the same. An empty map is a definite answer; an empty result means that nobody can tell. Then
   * neither what this step makes is kept, nor what later steps make of it. Is asked often, and so
   * must be fast: no network, no process.
   */
  default Optional<Map<String, String>> madeFrom() {
    return Optional.empty();
  }

  /** Whether what it makes may be kept in files. What the environment offers may not. */
  default boolean isKept() {
    return madeFrom().isPresent();
  }

  /** The AWS region that its definition names, for itself and for those who go through it. */
  default Optional<String> region() {
    return Optional.empty();
  }
}
