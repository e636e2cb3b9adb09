package dev.atmos.plugin.auth;

import dev.atmos.plugin.base.Secret;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign requests to AWS. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html">STS
 *     Credentials</a>
 */
public final class AwsCredentials implements Grant {

  /** The {@linkplain Grant#type type} of these grants. */
  public static final String TYPE = "aws/credentials";

  private final String accessKeyId;
  private final Secret secretAccessKey;
  private final @Nullable Secret sessionToken;
  private final @Nullable Instant expiresAt;

  private AwsCredentials(
      String accessKeyId,
      Secret secretAccessKey,
      @Nullable Secret sessionToken,
      @Nullable Instant expiresAt) {
    if (accessKeyId.isEmpty()
        || secretAccessKey.isEmpty()
        || (sessionToken != null && sessionToken.isEmpty())) {
      throw new IllegalArgumentException("a part of the AWS credentials is empty");
    }
    for (int i = 0; i < accessKeyId.length(); i++) {
      if (accessKeyId.charAt(i) <= ' ' || accessKeyId.charAt(i) > '~') {
        throw new IllegalArgumentException("the AWS access key id has an invalid character");
      }
    }
    // A line break would be another line of the files that hold credentials.
    if (hasControl(secretAccessKey) || (sessionToken != null && hasControl(sessionToken))) {
      throw new IllegalArgumentException("a part of the AWS credentials has a control character");
    }
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
    this.sessionToken = sessionToken;
    this.expiresAt = expiresAt;
  }

  private static boolean hasControl(Secret part) {
    String text = part.reveal();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Credentials.
   *
   * @param accessKeyId names the key; not a secret
   * @param sessionToken goes with temporary credentials; null for none
   * @param expiresAt when AWS stops accepting them; null if it isn't known, or never
   * @throws IllegalArgumentException if a part is empty or holds a control character, or the access
   *     key id holds anything but visible ASCII
   */
  public static AwsCredentials of(
      String accessKeyId,
      Secret secretAccessKey,
      @Nullable Secret sessionToken,
      @Nullable Instant expiresAt) {
    return new AwsCredentials(accessKeyId, secretAccessKey, sessionToken, expiresAt);
  }

  @Override
  public String type() {
    return TYPE;
  }

  /** Names the key; not a secret. */
  public String accessKeyId() {
    return accessKeyId;
  }

  /** The key that signs. */
  public Secret secretAccessKey() {
    return secretAccessKey;
  }

  /** Goes with temporary credentials; null for none. */
  public @Nullable Secret sessionToken() {
    return sessionToken;
  }

  @Override
  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AwsCredentials credentials
        && accessKeyId.equals(credentials.accessKeyId)
        && secretAccessKey.equals(credentials.secretAccessKey)
        && Objects.equals(sessionToken, credentials.sessionToken)
        && Objects.equals(expiresAt, credentials.expiresAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(accessKeyId, expiresAt);
  }

  @Override
  public String toString() {
    return "AwsCredentials[" + accessKeyId + ", expires " + expiresAt + "]";
  }
}
