package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.iam.SecretRegistry;
import dev.atmos.loopback.aws.protocol.OAuthErrors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * The codes that clients get by way of a browser: each works once, for its client, its redirect URI
 * and its verifier (RFC 6749, section 4.1; RFC 7636).
 */
final class AuthorizationCodes {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private record Issued(
      String user, String clientId, String redirectUri, String challenge, Instant expires) {}

  private final SecretRegistry secrets;
  private final Map<String, Issued> issued = new HashMap<>();

  AuthorizationCodes(SecretRegistry secrets) {
    this.secrets = secrets;
  }

  synchronized String issue(
      String user, String clientId, String redirectUri, String challenge, Instant now) {
    String code = secrets.urlSafe(120);
    issued.put(code, new Issued(user, clientId, redirectUri, challenge, now.plus(LIFETIME)));
    return code;
  }

  /** Takes a code, which is spent whether it is right or wrong; returns its user. */
  synchronized String redeem(
      String code, String clientId, String redirectUri, String verifier, Instant now) {
    Issued known = issued.remove(code);
    if (known == null
        || !known.clientId().equals(clientId)
        || !known.redirectUri().equals(redirectUri)
        || !now.isBefore(known.expires())) {
      throw SsoOidc.error(OAuthErrors.INVALID_GRANT, "Invalid authorization code");
    }
    if (!verifier.matches("[A-Za-z0-9._~-]{43,128}")
        || !challenge(verifier).equals(known.challenge())) {
      throw SsoOidc.error(OAuthErrors.INVALID_GRANT, "Invalid code verifier");
    }
    return known.user();
  }

  /** RFC 7636, section 4.2. */
  static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
