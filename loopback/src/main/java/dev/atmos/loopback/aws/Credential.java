package dev.atmos.loopback.aws;

import dev.atmos.loopback.AccessKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key and who it stands for.
 *
 * @param expires null if never
 */
public record Credential(AccessKey key, Identity identity, @Nullable Instant expires) {
  boolean isExpired(Instant now) {
    return expires != null && !now.isBefore(expires);
  }
}
