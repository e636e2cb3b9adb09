package dev.atmos.plugin.auth;

import dev.atmos.plugin.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request to AWS is signed with.
 *
 * @param accessKeyId names the key; not a secret
 * @param secretAccessKey signs
 * @param sessionToken goes with temporary credentials
 * @param expiresAt when AWS stops taking them; null where that isn't known, or never
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html">STS
 *     Credentials</a>
 */
public record AwsCredentials(
    String accessKeyId,
    Secret secretAccessKey,
    @Nullable Secret sessionToken,
    @Nullable Instant expiresAt)
    implements Grant {

  /**
   * @throws IllegalArgumentException if a part is empty, or the access key id holds anything but
   *     visible ASCII
   */
  public AwsCredentials {
    if (accessKeyId.isEmpty()
        || secretAccessKey.isEmpty()
        || (sessionToken != null && sessionToken.isEmpty())) {
      throw new IllegalArgumentException("a part of the AWS credentials is empty");
    }
    for (int i = 0; i < accessKeyId.length(); i++) {
      if (accessKeyId.charAt(i) <= ' ' || accessKeyId.charAt(i) > '~') {
        throw new IllegalArgumentException("the AWS access key id holds a character that none has");
      }
    }
  }
}
