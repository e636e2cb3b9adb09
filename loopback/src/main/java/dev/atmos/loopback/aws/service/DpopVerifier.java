package dev.atmos.loopback.aws.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.json.StrictJson;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Checks the proofs that senders have their key (RFC 9449, section 4.3). */
final class DpopVerifier {
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  private final Set<String> seen = new HashSet<>();

  /** What tells the key of a request; empty if the proof is missing, wrong or used before. */
  synchronized Optional<String> thumbprint(ServerRequest request, String uri, Instant now) {
    String[] parts = request.header("DPoP").orElse("").split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode header = json(parts[0]);
      JsonNode claims = json(parts[1]);
      JsonNode jwk = header.path("jwk");
      Instant issued = Instant.ofEpochSecond(claims.path("iat").longValue());
      boolean right =
          header.path("typ").asText().equals("dpop+jwt")
              && header.path("alg").asText().equals("ES256")
              && jwk.path("kty").asText().equals("EC")
              && jwk.path("crv").asText().equals("P-256")
              && claims.path("htm").asText().equals(request.method())
              && claims.path("htu").asText().equals(uri)
              && Duration.between(issued, now).abs().compareTo(LEEWAY) <= 0
              && isSigned(parts, jwk)
              && seen.add(claims.path("jti").asText());
      return right
          ? Optional.of(jwk.path("x").asText() + "." + jwk.path("y").asText())
          : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static JsonNode json(String part) {
    try {
      return StrictJson.read(
          new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }

  private static boolean isSigned(String[] parts, JsonNode jwk) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(number(jwk.path("x")), number(jwk.path("y")));
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class))));
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  private static BigInteger number(JsonNode coordinate) {
    byte[] bytes = Base64.getUrlDecoder().decode(coordinate.asText());
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a coordinate has 32 bytes");
    }
    return new BigInteger(1, bytes);
  }
}
