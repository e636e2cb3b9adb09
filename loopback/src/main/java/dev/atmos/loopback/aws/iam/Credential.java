package dev.atmos.loopback.aws.iam;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key and its principal.
 *
 * @param expires null if never
 */
public record Credential(AccessKey key, IamPrincipal principal, @Nullable Instant expires) {

  /** Whether it has expired by this time. */
  public boolean isExpired(Instant now) {
    return expires != null && !now.isBefore(expires);
  }
}
