package dev.atmos.aws.eks.token;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.config.Region;
import java.nio.charset.StandardCharsets;

/**
 * The URL of an STS GetCallerIdentity request, presigned with AWS Signature Version 4. The
 * cluster's name is signed as the header {@code x-k8s-aws-id} and isn't in the URL: the API server
 * adds its own name when it sends the request, so the URL works for one cluster only.
 *
 * <p>The AWS SDK's signer isn't used because it loads some hundred classes; the tests compare the
 * two.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">
 *     Create a signed AWS API request</a>
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">STS
 *     GetCallerIdentity</a>
 */
public final class PresignedUrl {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /** aws-iam-authenticator up to 0.3.0 accepts at most 60; later versions ignore it. */
  private static final String EXPIRES = "&X-Amz-Expires=60";

  private static final String SIGNED_HEADERS = "&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id";

  /** The SHA-256 of nothing: the request has no body. */
  private static final String EMPTY_HASH =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static final String SCOPE_END = "aws4_request";
  private static final String HEX = "0123456789abcdef";
  private static final String UPPER_HEX = "0123456789ABCDEF";

  private PresignedUrl() {}

  /** Signs for a host, and for the region that the host is in. */
  public static Secret getCallerIdentity(
      String host, Region region, ClusterName cluster, AwsCredentials credentials, UtcSecond time) {
    String dateTime = time.basic();
    String date = dateTime.substring(0, 8);

    StringBuilder head = new StringBuilder(256);
    head.append("Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=")
        .append(ALGORITHM)
        .append("&X-Amz-Credential=");
    percentEncode(head, credentials.accessKeyId());
    head.append("%2F").append(date).append("%2F").append(region.text());
    head.append("%2Fsts%2F").append(SCOPE_END).append("&X-Amz-Date=").append(dateTime);
    head.append(EXPIRES);
    StringBuilder token = new StringBuilder();
    Secret sessionToken = credentials.sessionToken();
    if (sessionToken != null) {
      token.append("&X-Amz-Security-Token=");
      percentEncode(token, sessionToken.reveal());
    }

    // The signed request has its parameters in alphabetical order, the token before the headers.
    StringBuilder request = new StringBuilder(512 + token.length());
    request.append("GET\n/\n").append(head).append(token).append(SIGNED_HEADERS);
    request.append("\nhost:").append(host);
    request.append("\nx-k8s-aws-id:").append(cluster.text());
    request.append("\n\nhost;x-k8s-aws-id\n").append(EMPTY_HASH);

    Sha256 sha256 = new Sha256();
    StringBuilder toSign = new StringBuilder(160);
    toSign.append(ALGORITHM).append('\n').append(dateTime).append('\n');
    toSign.append(date).append('/').append(region.text()).append("/sts/").append(SCOPE_END);
    toSign.append('\n');
    hex(toSign, sha256.hash(bytes(request.toString())));

    byte[] key = bytes("AWS4".concat(credentials.secretAccessKey().reveal()));
    key = sha256.hmac(key, bytes(date));
    key = sha256.hmac(key, bytes(region.text()));
    key = sha256.hmac(key, bytes("sts"));
    key = sha256.hmac(key, bytes(SCOPE_END));
    byte[] signature = sha256.hmac(key, bytes(toSign.toString()));

    // The URL has them in the AWS CLI's order, so that both make the same token.
    StringBuilder url = new StringBuilder(512 + token.length());
    url.append("https://").append(host).append("/?").append(head).append(SIGNED_HEADERS);
    url.append(token).append("&X-Amz-Signature=");
    hex(url, signature);
    return Secret.of(url.toString());
  }

  /**
   * Encodes all but the unreserved characters of RFC 3986, byte by byte in UTF-8. {@code
   * URLEncoder} differs in the blank, the star and the tilde.
   */
  private static void percentEncode(StringBuilder out, String text) {
    for (byte b : bytes(text)) {
      boolean unreserved =
          (b >= 'A' && b <= 'Z')
              || (b >= 'a' && b <= 'z')
              || (b >= '0' && b <= '9')
              || "-._~".indexOf(b) >= 0;
      if (unreserved) {
        out.append((char) b);
      } else {
        out.append('%').append(UPPER_HEX.charAt((b >> 4) & 0xf)).append(UPPER_HEX.charAt(b & 0xf));
      }
    }
  }

  private static void hex(StringBuilder out, byte[] bytes) {
    for (byte b : bytes) {
      out.append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
