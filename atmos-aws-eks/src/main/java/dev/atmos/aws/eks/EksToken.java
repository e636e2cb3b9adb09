package dev.atmos.aws.eks;

import dev.atmos.plugin.base.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A bearer token of the form that EKS's API servers take: {@code k8s-aws-v1.} and a presigned URL
 * in base64url (RFC 4648, 5) without padding.
 *
 * @see <a
 *     href="https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster">
 *     aws-iam-authenticator, API authorization from outside a cluster</a>
 */
record EksToken(Secret text) {
  /** aws-iam-authenticator refuses longer tokens before it looks into them. */
  static final int MAX_ACCEPTED_LENGTH = 4096;

  /** How long a server takes a token, in seconds, is 15 minutes; this leaves one of them. */
  static final int ADVERTISED_SECONDS = 14 * 60;

  /** Wraps a presigned URL. */
  static EksToken of(Secret url) {
    String payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(url.reveal().getBytes(StandardCharsets.UTF_8));
    return new EksToken(Secret.of("k8s-aws-v1.".concat(payload)));
  }

  /** Its length in characters, all of them ASCII. */
  int length() {
    return text.reveal().length();
  }
}
