package dev.atmos.auth.session;

import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Grants that are at hand: the way of nearly every token, without a lock, a network or anything
 * that these need.
 */
final class CachedCredentials {
  private CachedCredentials() {}

  /**
   * Cached credentials of an identity that are valid long enough, or the grant of an identity that
   * needs no other step and caches nothing; null where there are none, so that they must be
   * renewed.
   */
  static @Nullable Grant of(Services services, Chain chain) {
    Fingerprint fingerprint = chain.cachedUnder(chain.last());
    if (fingerprint == null) {
      return chain.size() == 1 ? chain.target().step().grant(new StandaloneRequest()) : null;
    }
    Optional<AwsCredentials> cached;
    try {
      cached = new RoleCredentialFiles(services).read(fingerprint);
    } catch (AtmosException e) {
      // Corrupt; the next credentials replace it.
      return null;
    }
    if (cached.isEmpty()) {
      return null;
    }
    Instant expiresAt = cached.get().expiresAt();
    return expiresAt != null
            && expiresAt.isAfter(
                services.clock().instant().plusSeconds(ChainRefresher.MARGIN_SECONDS))
        ? cached.get()
        : null;
  }
}
