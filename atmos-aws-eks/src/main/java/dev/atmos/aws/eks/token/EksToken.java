package dev.atmos.aws.eks.token;

import dev.atmos.plugin.base.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A bearer token as EKS's API servers accept it: {@code k8s-aws-v1.} and a presigned URL in
 * base64url (RFC 4648, 5) without padding.
 *
 * @see <a
 *     href="https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster">
 *     aws-iam-authenticator, API authorization from outside a cluster</a>
 */
public record EksToken(Secret text) {
  /** aws-iam-authenticator rejects longer tokens without parsing them. */
  public static final int MAX_ACCEPTED_LENGTH = 4096;

  /** Servers accept a token for 15 minutes; this leaves a margin of one. */
  static final int ADVERTISED_SECONDS = 14 * 60;

  /** Wraps a presigned URL. */
  public static EksToken of(Secret url) {
    String payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(url.reveal().getBytes(StandardCharsets.UTF_8));
    return new EksToken(Secret.of("k8s-aws-v1.".concat(payload)));
  }

  /** Its length in characters, all of them ASCII. */
  public int length() {
    return text.reveal().length();
  }
}
