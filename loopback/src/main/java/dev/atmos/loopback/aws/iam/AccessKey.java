package dev.atmos.loopback.aws.iam;

import org.jspecify.annotations.Nullable;

/**
 * A key that requests are signed with. It is made up for a test, so its parts can be read; it
 * prints as its id.
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
