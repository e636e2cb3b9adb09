package dev.atmos.loopback.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of an EKS token that has passed every rule that a server applies before it asks STS.
 * It holds the session token, if there is one, and does not print it.
 *
 * @param url the presigned URL, as written
 * @param host the host of STS that the URL names
 * @param region the region in the host's name; {@code us-east-1} for the global host
 * @param accessKeyId the first part of the credential; empty if there is none
 * @param signedAt X-Amz-Date, to the second
 * @param expiresSeconds X-Amz-Expires, 0 to 900; nothing depends on it
 * @param sessionToken the session token of temporary credentials
 * @param signedHeaders as written, in order
 * @param signature 64 lower-case hexadecimal digits, if it is well formed; empty if there is none
 * @param length of the whole token, in bytes; a server accepts at most 4096
 */
public record VerifiedToken(
    String url,
    String host,
    String region,
    String accessKeyId,
    Instant signedAt,
    int expiresSeconds,
    @Nullable String sessionToken,
    List<String> signedHeaders,
    String signature,
    int length) {

  static final Duration LIFETIME = Duration.ofMinutes(15);

  public VerifiedToken {
    signedHeaders = List.copyOf(signedHeaders);
  }

  /** The last instant at which servers accept the token: 15 minutes after it was signed. */
  public Instant acceptedUntil() {
    return signedAt.plus(LIFETIME);
  }

  /** Whether it was signed with temporary credentials. */
  public boolean isTemporary() {
    return sessionToken != null;
  }

  @Override
  public String toString() {
    return "VerifiedToken[host=%s, accessKeyId=%s, signedAt=%s, temporary=%s, length=%d]"
        .formatted(host, accessKeyId, signedAt, isTemporary(), length);
  }
}
