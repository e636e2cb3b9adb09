package dev.atmos.aws.identity.support;

import dev.atmos.plugin.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What ties an answer to the sign-in that asked for it.
 *
 * @param verifier is sent only with the code that came back
 * @param state comes back with the code
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636, PKCE</a>
 */
public record Pkce(Secret verifier, Secret state) {
  private static final int RANDOM_BYTES = 32;

  /** A new one. */
  public static Pkce random() {
    return new Pkce(text(), text());
  }

  private static Secret text() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Secret.of(base64(bytes));
  }

  /** The verifier's digest, which the server compares with the verifier (section 4.2). */
  public String challenge() {
    try {
      byte[] ascii = verifier.reveal().getBytes(StandardCharsets.US_ASCII);
      return base64(MessageDigest.getInstance("SHA-256").digest(ascii));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
