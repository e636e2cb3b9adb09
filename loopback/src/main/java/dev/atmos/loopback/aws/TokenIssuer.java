package dev.atmos.loopback.aws;

import dev.atmos.loopback.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** An OpenID Connect issuer, as GitHub Actions and EKS have one: it signs JWTs (RFC 7519). */
final class TokenIssuer {
  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

  /** What a token says. */
  record Claims(String issuer, String subject, String audience) {}

  private final Secrets secrets;
  private final KeyPair keys;

  TokenIssuer(Secrets secrets) {
    this.secrets = secrets;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String issue(Claims claims, Instant now, Duration lifetime) {
    String content =
        part(Json.object("alg", "ES256", "typ", "JWT", "kid", "loopback"))
            + "."
            + part(
                Json.object(
                    "iss", claims.issuer(),
                    "sub", claims.subject(),
                    "aud", claims.audience(),
                    "iat", now.getEpochSecond(),
                    "exp", now.plus(lifetime).getEpochSecond()));
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(keys.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return secrets.remember(content + "." + base64(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Claims verify(String token, Instant now) {
    AwsException bad =
        new AwsException(400, "InvalidIdentityToken", "The ID Token provided is not a valid JWT.");
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw bad;
    }
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(keys.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
        throw bad;
      }
      byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
      Object claims = Json.parse(new String(payload, StandardCharsets.UTF_8));
      if (claims instanceof Map<?, ?> map
          && map.get("exp") instanceof BigDecimal expires
          && expires.longValue() <= now.getEpochSecond()) {
        throw new AwsException(
            400,
            "ExpiredTokenException",
            "Token expired: current date/time must be before the" + " expiration date/time");
      }
      return new Claims(
          Json.text(claims, "iss").orElseThrow(),
          Json.text(claims, "sub").orElseThrow(),
          Json.text(claims, "aud").orElseThrow());
    } catch (GeneralSecurityException | IllegalArgumentException | Json.MalformedException e) {
      throw bad;
    }
  }

  private static String part(Map<String, Object> content) {
    return base64(Json.write(content).getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
