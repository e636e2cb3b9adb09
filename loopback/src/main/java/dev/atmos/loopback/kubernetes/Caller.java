package dev.atmos.loopback.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * The caller of a request, by its bearer token.
 *
 * @param tokenSha256 null if the request has no token
 * @param token null if the request has none, or it is malformed
 */
record Caller(@Nullable String tokenSha256, @Nullable VerifiedToken token, String verdict) {
  static final String ACCEPTED = "accepted";

  boolean isAccepted() {
    return verdict.equals(ACCEPTED);
  }

  String accessKeyId() {
    return token == null ? "" : token.accessKeyId();
  }
}
