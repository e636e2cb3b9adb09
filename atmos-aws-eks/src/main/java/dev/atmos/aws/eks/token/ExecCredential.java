package dev.atmos.aws.eks.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer that kubectl expects on standard output.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats">
 *     Kubernetes, client-go credential plugins</a>
 */
public final class ExecCredential {
  /** Kubernetes has no margin of its own: it uses a token until it expires. */
  private static final int MARGIN_SECONDS = 60;

  private ExecCredential() {}

  /**
   * When kubectl has to ask again: 14 minutes after the signing, or a minute before the credentials
   * expire if that is sooner. Credentials with less than a minute left are used until they expire.
   * The moment is never before the signing: kubectl would ask before every request.
   */
  public static UtcSecond expiry(UtcSecond signedAt, @Nullable Instant credentialsExpireAt) {
    long expiry = signedAt.epochSecond() + EksToken.ADVERTISED_SECONDS;
    if (credentialsExpireAt != null) {
      long end = credentialsExpireAt.getEpochSecond();
      long early = end - MARGIN_SECONDS;
      expiry = Math.min(expiry, early > signedAt.epochSecond() ? early : end);
    }
    return new UtcSecond(Math.max(expiry, signedAt.epochSecond()));
  }

  /**
   * One line of JSON with its line feed. Nothing in it needs escaping: the version is one of the
   * two of {@link ExecInfo}, and the token is base64url.
   */
  public static String json(String apiVersion, UtcSecond expiry, EksToken token) {
    StringBuilder out = new StringBuilder(160 + token.length());
    out.append("{\"apiVersion\":\"").append(apiVersion);
    out.append("\",\"kind\":\"ExecCredential\",\"status\":{\"expirationTimestamp\":\"");
    out.append(expiry.extended());
    out.append("\",\"token\":\"").append(token.text().reveal());
    return out.append("\"}}\n").toString();
  }

  /** The token alone with a line feed, for what isn't kubectl. */
  public static String bare(EksToken token) {
    return token.text().reveal().concat("\n");
  }
}
