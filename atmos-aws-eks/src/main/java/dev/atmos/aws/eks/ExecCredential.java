package dev.atmos.aws.eks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What kubectl expects of a credential plugin on standard output.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats">
 *     Kubernetes, client-go credential plugins</a>
 */
final class ExecCredential {
  /** Kubernetes has no margin of its own: it uses a token until the very second. */
  private static final int MARGIN_SECONDS = 60;

  private ExecCredential() {}

  /**
   * When kubectl is to ask again: 14 minutes after the signing, or a minute before the credentials
   * end, where that is sooner. Credentials with less than that minute left are used until they end,
   * and the moment is never before the signing, because kubectl would ask before every request.
   */
  static UtcSecond expiry(UtcSecond signedAt, @Nullable Instant credentialsExpireAt) {
    long expiry = signedAt.epochSecond() + EksToken.ADVERTISED_SECONDS;
    if (credentialsExpireAt != null) {
      long end = credentialsExpireAt.getEpochSecond();
      long early = end - MARGIN_SECONDS;
      expiry = Math.min(expiry, early > signedAt.epochSecond() ? early : end);
    }
    return new UtcSecond(Math.max(expiry, signedAt.epochSecond()));
  }

  /**
   * One line of JSON with its line feed. No part of it holds a character that JSON would have
   * escaped: a version is one of {@link ExecInfo}'s two, a token is base64url.
   */
  static String json(String apiVersion, UtcSecond expiry, EksToken token) {
    StringBuilder out = new StringBuilder(160 + token.length());
    out.append("{\"apiVersion\":\"").append(apiVersion);
    out.append("\",\"kind\":\"ExecCredential\",\"status\":{\"expirationTimestamp\":\"");
    out.append(expiry.extended());
    out.append("\",\"token\":\"").append(token.text().reveal());
    return out.append("\"}}\n").toString();
  }
}
