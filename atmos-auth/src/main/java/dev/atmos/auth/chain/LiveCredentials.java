package dev.atmos.auth.chain;

import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.plugin.auth.AwsCredentials;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that are there already: the way of nearly every token, without a lock, a network or
 * anything that these need.
 */
public final class LiveCredentials {
  private LiveCredentials() {}

  /**
   * Kept credentials of an identity that live long enough, or those of one that goes through nobody
   * and keeps nothing; null where there are none, so that they have to be made.
   *
   * @param identity spelt as in the configuration
   */
  public static @Nullable AwsCredentials of(Services context, String identity) {
    Chain chain = new ChainReader(context).identity(identity);
    Fingerprint fingerprint = chain.keptUnder(chain.last());
    if (fingerprint == null) {
      return chain.size() == 1 ? chain.link(0).identity().credentials(new AloneRequest()) : null;
    }
    Optional<AwsCredentials> kept;
    try {
      kept = new RoleCredentialFiles(context).read(fingerprint);
    } catch (AtmosException e) {
      // Damaged, and replaced by the next that are made.
      return null;
    }
    if (kept.isEmpty()) {
      return null;
    }
    Instant expiresAt = kept.get().expiresAt();
    return expiresAt != null
            && expiresAt.isAfter(context.clock().instant().plusSeconds(Renewal.MARGIN_SECONDS))
        ? kept.get()
        : null;
  }
}
