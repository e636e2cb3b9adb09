package dev.atmos.loopback;

import org.jspecify.annotations.Nullable;

/**
 * What requests are signed with. Made up for a test, so its parts can be had; it prints as its id.
 *
 * @param sessionToken null for a long-lived key
 */
public record AccessKey(String id, String secret, @Nullable String sessionToken) {

  /** A long-lived key. */
  public AccessKey(String id, String secret) {
    this(id, secret, null);
  }

  @Override
  public String toString() {
    return id;
  }
}
