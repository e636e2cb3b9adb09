package dev.atmos.loopback.aws.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.json.JsonObject;
import dev.atmos.loopback.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** An OpenID Connect issuer, as GitHub Actions and EKS have one: it signs JWTs (RFC 7519). */
public final class OidcIssuer {
  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

  /** What a token states. */
  public record Claims(String issuer, String subject, String audience) {}

  private final SecretRegistry secrets;
  private final KeyPair keys;

  public OidcIssuer(SecretRegistry secrets) {
    this.secrets = secrets;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A signed token. */
  public String issue(Claims claims, Instant now, Duration lifetime) {
    JsonObject payload =
        new JsonObject()
            .with("iss", claims.issuer())
            .with("sub", claims.subject())
            .with("aud", claims.audience())
            .with("iat", now.getEpochSecond())
            .with("exp", now.plus(lifetime).getEpochSecond());
    String content =
        part(new JsonObject().with("alg", "ES256").with("typ", "JWT").with("kid", "loopback"))
            + "."
            + part(payload);
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(keys.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return secrets.remember(content + "." + base64(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Verifies a token's signature and its time.
   *
   * @throws AwsException if it is not a token of this issuer, or has expired
   */
  public Claims verify(String token, Instant now) {
    AwsException invalid =
        new AwsException(400, "InvalidIdentityToken", "The ID Token provided is not a valid JWT.");
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw invalid;
    }
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(keys.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
        throw invalid;
      }
      byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
      JsonNode claims = StrictJson.read(new String(payload, StandardCharsets.UTF_8));
      if (claims.path("exp").longValue() <= now.getEpochSecond()) {
        throw new AwsException(
            400,
            "ExpiredTokenException",
            "Token expired: current date/time must be before the expiration date/time");
      }
      return new Claims(
          claims.path("iss").textValue(),
          claims.path("sub").textValue(),
          claims.path("aud").textValue());
    } catch (GeneralSecurityException | IllegalArgumentException | JsonProcessingException e) {
      throw invalid;
    }
  }

  private static String part(JsonObject content) {
    return base64(StrictJson.write(content).getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
