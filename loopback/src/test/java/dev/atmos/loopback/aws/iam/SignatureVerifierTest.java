package dev.atmos.loopback.aws.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.LoopbackScenario;
import dev.atmos.loopback.aws.protocol.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and how AWS says so: a request that is right but for one thing. */
class SignatureVerifierTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-01-15T12:00:00Z"), ZoneOffset.UTC);
  private static final String BODY = "Action=GetCallerIdentity&Version=2011-06-15";
  private static final String INVALID = "The security token included in the request is invalid.";
  private static final String MISMATCH = "The request signature we calculated does not match";

  private final HttpClient client = HttpClient.newHttpClient();
  private LoopbackAws aws;

  @BeforeEach
  void start() throws Exception {
    aws = LoopbackAws.start(CLOCK).add(LoopbackScenario.USER);
  }

  @AfterEach
  void stop() {
    client.close();
    aws.close();
  }

  /** A signed POST, before and after it is signed. */
  static final class Signed {
    String keyId = LoopbackScenario.KEY.id();
    String secret = LoopbackScenario.KEY.secret();
    String date = "20250115T120000Z";
    String scope = "20250115/us-east-2/sts/aws4_request";
    String body = BODY;
    final TreeMap<String, String> headers = new TreeMap<>();
    String signedHeaders = "";
    String authorization = "";

    Signed(String host) {
      headers.put("host", host);
    }

    void sign() {
      headers.put("x-amz-date", date);
      if (signedHeaders.isEmpty()) {
        signedHeaders = String.join(";", headers.keySet());
      }
      StringBuilder canonical = new StringBuilder("POST\n/\n\n");
      for (String name : signedHeaders.split(";", -1)) {
        canonical.append(name).append(':').append(headers.get(name)).append('\n');
      }
      canonical
          .append('\n')
          .append(signedHeaders)
          .append('\n')
          .append(SigV4.sha256(body.getBytes(StandardCharsets.UTF_8)));
      authorization =
          "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
              .formatted(
                  keyId,
                  scope,
                  signedHeaders,
                  SigV4.signature(secret, date, scope, canonical.toString()));
    }

    void replace(String part, String by) {
      assertThat(authorization).contains(part);
      authorization = authorization.replace(part, by);
    }
  }

  private HttpResponse<String> send(Consumer<Signed> before, Consumer<Signed> after)
      throws Exception {
    Signed signed = new Signed(aws.url().substring("http://".length()));
    before.accept(signed);
    signed.sign();
    after.accept(signed);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(aws.url() + "/"))
            .POST(BodyPublishers.ofString(signed.body));
    signed.headers.remove("host");
    signed.headers.forEach(request::header);
    if (!signed.authorization.isEmpty()) {
      request.header("Authorization", signed.authorization);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void request_thatIsSignedWell_isAnswered() throws Exception {
    HttpResponse<String> answer = send(signed -> {}, signed -> {});

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<Arn>" + LoopbackScenario.ALICE + "</Arn>");
    assertThat(aws.calls(Operation.GET_CALLER_IDENTITY))
        .singleElement()
        .satisfies(call -> {
          assertThat(call.accessKeyId()).isEqualTo(LoopbackScenario.KEY.id());
          assertThat(call.body()).isEqualTo(BODY);
          assertThat(call.status()).isEqualTo(200);
          assertThat(call)
              .hasToString("GetCallerIdentity POST / 200 by " + LoopbackScenario.KEY.id());
        });
  }

  @Test
  void request_atTheEdgeOfTheSkew_isAnswered() throws Exception {
    for (String date : List.of("20250115T115500Z", "20250115T120500Z")) {
      assertThat(send(signed -> signed.date = date, signed -> {}).statusCode()).isEqualTo(200);
    }
  }

  static List<Arguments> refusals() {
    return List.of(
        after(
            "no signature",
            "MissingAuthenticationToken",
            "missing Auth",
            s -> s.authorization = ""),
        after(
            "another algorithm",
            "IncompleteSignature",
            "Unsupported AWS 'algorithm': 'AWS3'.",
            s -> s.replace("AWS4-HMAC-SHA256", "AWS3")),
        after("a bearer", "IncompleteSignature", "Bearer", s -> s.authorization = "Bearer x"),
        after(
            "no Signature",
            "IncompleteSignature",
            "'Signature'",
            s -> s.replace("Signature=", "S=")),
        after(
            "no Credential",
            "IncompleteSignature",
            "'Credential'",
            s -> s.replace("Credential=", "C=")),
        after("no date", "IncompleteSignature", "X-Amz-Date", s -> s.headers.remove("x-amz-date")),
        after(
            "a short scope",
            "IncompleteSignature",
            "exactly 5 slash-delimited elements",
            s -> s.replace("/aws4_request", "")),
        before(
            "a bad date", "SignatureDoesNotMatch", "Date in Credential", s -> s.date = "yesterday"),
        before("no time", "IncompleteSignature", "'basic format'", s -> s.date = "20250115Tnoon"),
        before(
            "another service",
            "SignatureDoesNotMatch",
            "correct service: 'sts'",
            s -> s.scope = "20250115/us-east-2/eks/aws4_request"),
        before(
            "another end",
            "SignatureDoesNotMatch",
            "valid terminator",
            s -> s.scope = "20250115/us-east-2/sts/aws3_request"),
        before(
            "no region",
            "SignatureDoesNotMatch",
            "valid region",
            s -> s.scope = "20250115//sts/aws4_request"),
        before(
            "another day",
            "SignatureDoesNotMatch",
            "'20250114' != '20250115', from '20250115T120000Z'",
            s -> s.scope = "20250114/us-east-2/sts/aws4_request"),
        before("an unknown key", "InvalidClientTokenId", INVALID, s -> s.keyId = "AKIANOBODY"),
        before(
            "an unknown session token",
            "InvalidClientTokenId",
            INVALID,
            s -> s.headers.put("x-amz-security-token", "x")),
        before(
            "too old",
            "SignatureDoesNotMatch",
            "Signature expired: 20250115T115459Z is now earlier than 20250115T115500Z"
                + " (20250115T120000Z - 5 min.)",
            s -> s.date = "20250115T115459Z"),
        before(
            "too new",
            "SignatureDoesNotMatch",
            "Signature not yet current: 20250115T120501Z is still later than 20250115T120500Z"
                + " (20250115T120000Z + 5 min.)",
            s -> s.date = "20250115T120501Z"),
        before(
            "host not signed",
            "SignatureDoesNotMatch",
            "'Host'",
            s -> s.signedHeaders = "x-amz-date"),
        after(
            "a header not signed",
            "SignatureDoesNotMatch",
            "'x-amz-more'",
            s -> s.headers.put("x-amz-more", "x")),
        before("another secret", "SignatureDoesNotMatch", MISMATCH, s -> s.secret = "x"),
        after("another body", "SignatureDoesNotMatch", MISMATCH, s -> s.body = BODY + "&A=b"),
        before(
            "a digest of another body",
            "SignatureDoesNotMatch",
            "x-amz-content-sha256",
            s -> s.headers.put("x-amz-content-sha256", "0".repeat(64))),
        after(
            "a changed header",
            "SignatureDoesNotMatch",
            MISMATCH,
            s -> s.headers.put("x-amz-date", "20250115T120001Z")));
  }

  private static Arguments before(
      String what, String code, String message, Consumer<Signed> change) {
    Consumer<Signed> none = signed -> {};
    return Arguments.of(what, code, message, change, none);
  }

  private static Arguments after(
      String what, String code, String message, Consumer<Signed> change) {
    Consumer<Signed> none = signed -> {};
    return Arguments.of(what, code, message, none, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void request_withOneThingWrong_isRefusedAsAwsSaysIt(
      String what, String code, String message, Consumer<Signed> before, Consumer<Signed> after)
      throws Exception {
    HttpResponse<String> answer = send(before, after);

    assertThat(answer.body().replace("&gt;", ">"))
        .contains("<Code>" + code + "</Code>")
        .contains(message);
    assertThat(answer.statusCode()).isEqualTo(code.equals("IncompleteSignature") ? 400 : 403);
  }

  @Test
  void request_ofASessionWithItsToken_isAnswered_andWithoutIt_isNot() throws Exception {
    Credential session =
        aws.session(Role.of(LoopbackScenario.ACCOUNT, "Deploy"), "me", Duration.ofMinutes(5));
    Consumer<Signed> key =
        signed -> {
          signed.keyId = session.key().id();
          signed.secret = session.key().secret();
        };
    String token = String.valueOf(session.key().sessionToken());
    Consumer<Signed> all = key.andThen(signed -> signed.headers.put("x-amz-security-token", token));

    assertThat(send(all, signed -> {}).body()).contains(session.principal().arn());
    assertThat(send(key, signed -> {}).body()).contains("InvalidClientTokenId");
    aws.clock(Clock.offset(CLOCK, Duration.ofMinutes(5)));
    assertThat(send(all, signed -> {}).body()).contains("<Code>ExpiredToken</Code>");
  }

  // ---- Presigned -------------------------------------------------------------------------------

  /** A presigned URL's query as EKS tokens have it, and the cluster's name for the header. */
  private HttpResponse<String> presigned(
      String date, String cluster, Map<String, String> changes, String accept) throws Exception {
    Map<String, String> query = new TreeMap<>();
    query.put("Action", "GetCallerIdentity");
    query.put("Version", "2011-06-15");
    query.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    String scope = date.substring(0, 8) + "/us-east-2/sts/aws4_request";
    query.put("X-Amz-Credential", LoopbackScenario.KEY.id() + "/" + scope);
    query.put("X-Amz-Date", date);
    query.put("X-Amz-Expires", "60");
    query.put("X-Amz-SignedHeaders", "host;x-k8s-aws-id");
    String canonical =
        "GET\n/\n%s\nhost:%s\nx-k8s-aws-id:demo\n\nhost;x-k8s-aws-id\n%s"
            .formatted(encoded(query), aws.url().substring(7), SigV4.sha256(new byte[0]));
    query.put(
        "X-Amz-Signature", SigV4.signature(LoopbackScenario.KEY.secret(), date, scope, canonical));
    query.putAll(changes);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(aws.url() + "/?" + encoded(query)))
            .header("x-k8s-aws-id", cluster)
            .header("Accept", accept)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String encoded(Map<String, String> query) {
    StringBuilder encoded = new StringBuilder();
    new LinkedHashMap<>(query)
        .forEach((name, value) ->
            encoded
                .append(encoded.isEmpty() ? "" : "&")
                .append(SigV4.encode(name))
                .append('=')
                .append(SigV4.encode(value)));
    return encoded.toString();
  }

  @Test
  void presigned_forTheCluster_isAnsweredInTheFormThatIsAskedFor() throws Exception {
    HttpResponse<String> xml = presigned("20250115T120000Z", "demo", Map.of(), "*/*");
    HttpResponse<String> json = presigned("20250115T114501Z", "demo", Map.of(), "application/json");

    assertThat(xml.body()).contains("<Arn>" + LoopbackScenario.ALICE + "</Arn>");
    assertThat(json.body())
        .startsWith("{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Arn\":\"")
        .contains(LoopbackScenario.ALICE);
  }

  @Test
  void presigned_withOneThingWrong_isRefused() throws Exception {
    assertThat(presigned("20250115T120000Z", "other", Map.of(), "*/*").body()).contains(MISMATCH);
    assertThat(presigned("20250115T114459Z", "demo", Map.of(), "*/*").body())
        .contains("Signature expired", "- 15 min.");
    assertThat(presigned("20250115T120000Z", "demo", Map.of("X-Amz-Expires", "900"), "*/*").body())
        .contains(MISMATCH);
    assertThat(
            presigned("20250115T120000Z", "demo", Map.of("X-Amz-Security-Token", "x"), "*/*")
                .body())
        .contains(INVALID);
  }
}
