package dev.atmos.loopback.aws.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.json.StrictJson;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console's sign-in refuses. Each row changes one thing of a request that it takes. */
class ConsoleSignInPageTest {
  private static final String VERIFIER = "v".repeat(43);
  private static final String REDIRECT = "http://127.0.0.1:5555/oauth/callback";
  private static final String CLIENT = "arn:aws:signin:::devtools/same-device";

  private final HttpClient http = HttpClient.newHttpClient();
  private final KeyPair key = key();
  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start();
    aws.console().browserOf(IamUser.of("111111111111", "ann"));
  }

  @AfterEach
  void stop() {
    http.close();
    aws.close();
  }

  private static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String coordinate(BigInteger number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      bytes[31 - i] = number.shiftRight(8 * i).byteValue();
    }
    return base64(bytes);
  }

  private String proof(KeyPair by, String change) throws GeneralSecurityException {
    ECPublicKey shown = (ECPublicKey) by.getPublic();
    Instant now = Instant.now().minusSeconds(change.equals("iat") ? 600 : 0);
    String header =
        "{\"typ\":\"%s\",\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}}"
            .formatted(
                change.equals("typ") ? "jwt" : "dpop+jwt",
                coordinate(shown.getW().getAffineX()),
                coordinate(shown.getW().getAffineY()));
    String claims =
        "{\"htm\":\"%s\",\"htu\":\"%s\",\"iat\":%d,\"jti\":\"%s\"}"
            .formatted(
                change.equals("htm") ? "GET" : "POST",
                aws.url() + (change.equals("htu") ? "/token" : "/v1/token"),
                now.getEpochSecond(),
                UUID.randomUUID());
    String signed =
        base64(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(claims.getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(change.equals("signature") ? key().getPrivate() : by.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + base64(signature.sign());
  }

  private HttpResponse<String> authorize(String change) throws Exception {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", CLIENT);
    query.put("state", "s");
    query.put("code_challenge_method", change.equals("method") ? "S256" : "SHA-256");
    query.put("scope", change.equals("scope") ? "email" : "openid");
    query.put("redirect_uri", change.equals("redirect") ? "http://evil.example/" : REDIRECT);
    query.put(
        "code_challenge",
        base64(
            MessageDigest.getInstance("SHA-256")
                .digest(VERIFIER.getBytes(StandardCharsets.US_ASCII))));
    StringBuilder address = new StringBuilder(aws.url() + "/v1/authorize?");
    query.forEach((name, value) ->
        address
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
            .append('&'));
    return http.send(
        HttpRequest.newBuilder(URI.create(address.toString())).build(), BodyHandlers.ofString());
  }

  private String code() throws Exception {
    String location = authorize("").headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(REDIRECT + "?code=").endsWith("&state=s");
    return location.replaceFirst(".*code=([^&]*).*", "$1");
  }

  private HttpResponse<String> token(Map<String, String> body, String proof) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(aws.url() + "/v1/token"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(StrictJson.write(body)));
    if (!proof.isEmpty()) {
      request.header("DPoP", proof);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private Map<String, String> byCode(String code) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("clientId", CLIENT);
    body.put("grantType", "authorization_code");
    body.put("code", code);
    body.put("codeVerifier", VERIFIER);
    body.put("redirectUri", REDIRECT);
    return body;
  }

  @ParameterizedTest
  @CsvSource({"method", "scope", "redirect"})
  void page_ofAnotherRequest_leadsNowhere(String change) throws Exception {
    assertThat(authorize(change).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"typ", "htm", "htu", "iat", "signature", "none"})
  void proof_thatIsWrong_isRefused(String change) throws Exception {
    String proof = change.equals("none") ? "" : proof(key, change);
    HttpResponse<String> answer = token(byCode(code()), proof);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("INVALID_REQUEST");
  }

  @ParameterizedTest
  @CsvSource({"codeVerifier", "redirectUri", "clientId", "code"})
  void code_ofAnotherRequest_isRefused(String member) throws Exception {
    Map<String, String> body = byCode(code());
    body.put(member, "x".repeat(43));
    assertThat(token(body, proof(key, "")).body()).contains("AUTHCODE_EXPIRED");
  }

  @Test
  void codeAndProof_workOnce() throws Exception {
    Map<String, String> body = byCode(code());
    String proof = proof(key, "");
    assertThat(token(body, proof).statusCode()).isEqualTo(200);
    assertThat(token(byCode(code()), proof).statusCode()).isEqualTo(400);
    assertThat(token(body, proof(key, "")).statusCode()).isEqualTo(400);
  }

  @Test
  void refreshToken_isBoundToItsKey_andRotates() throws Exception {
    String first = refreshToken(token(byCode(code()), proof(key, "")));
    Map<String, String> body = new LinkedHashMap<>();
    body.put("clientId", CLIENT);
    body.put("grantType", "refresh_token");
    body.put("refreshToken", first);
    String second = refreshToken(token(body, proof(key, "")));
    assertThat(second).isNotEqualTo(first);
    assertThat(token(body, proof(key, "")).statusCode()).isEqualTo(400);

    body.put("refreshToken", second);
    assertThat(token(body, proof(key(), "")).body()).contains("INVALID_REQUEST");
  }

  private static String refreshToken(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return StrictJson.read(answer.body()).path("refreshToken").asText();
  }
}
