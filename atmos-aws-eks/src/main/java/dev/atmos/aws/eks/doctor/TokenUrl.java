package dev.atmos.aws.eks.doctor;

import dev.atmos.aws.eks.token.EksToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which API servers judge a token before they ask STS.
 *
 * @see <a
 *     href="https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/token/token.go">
 *     aws-iam-authenticator, token.go</a>
 */
final class TokenUrl {
  private static final String PREFIX = "k8s-aws-v1.";
  private static final Set<String> REQUIRED =
      Set.of(
          "Action",
          "Version",
          "X-Amz-Algorithm",
          "X-Amz-Credential",
          "X-Amz-Date",
          "X-Amz-Expires",
          "X-Amz-SignedHeaders",
          "X-Amz-Signature");

  private TokenUrl() {}

  /**
   * What is wrong with a token; null if nothing is. The text holds nothing of the token.
   *
   * @param host the host of STS that it has to be for
   */
  static @Nullable String problem(EksToken token, String host) {
    String text = token.text().reveal();
    if (text.length() > EksToken.MAX_ACCEPTED_LENGTH) {
      return "it has "
          + text.length()
          + " characters, and API servers refuse more than "
          + EksToken.MAX_ACCEPTED_LENGTH
          + ": the session token of these credentials is too long";
    }
    if (!text.startsWith(PREFIX)) {
      return "it doesn't begin with " + PREFIX;
    }
    URI url;
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
      url = URI.create(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return "it isn't a URL in base64url";
    }
    if (!"https".equals(url.getScheme())
        || !host.equals(url.getRawAuthority())
        || !"/".equals(url.getRawPath())) {
      return "its URL isn't that of " + host;
    }
    Set<String> names = new HashSet<>();
    for (String parameter : url.getRawQuery().split("&", -1)) {
      String name = parameter.substring(0, parameter.indexOf('='));
      if (!names.add(name) || !(REQUIRED.contains(name) || name.equals("X-Amz-Security-Token"))) {
        return "its URL has a parameter that API servers refuse";
      }
    }
    List<String> query = List.of(url.getRawQuery().split("&", -1));
    boolean whole =
        names.containsAll(REQUIRED)
            && query.contains("Action=GetCallerIdentity")
            && query.contains("X-Amz-SignedHeaders=host%3Bx-k8s-aws-id");
    return whole ? null : "its URL lacks a parameter that API servers need";
  }
}
