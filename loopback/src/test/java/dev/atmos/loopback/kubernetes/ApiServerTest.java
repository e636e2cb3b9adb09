package dev.atmos.loopback.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.loopback.json.StrictJson;
import dev.atmos.loopback.kubernetes.ApiServer.Pod;
import dev.atmos.loopback.kubernetes.ApiServer.RecordedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerTest {
  private static final String GOOD = TokenVectors.byId("us-east-2/demo/nost").text("token");
  private static final String OTHER_REGION = TokenVectors.byId("us-east-1/demo/nost").text("token");
  private static final String OTHER_CLUSTER =
      TokenVectors.byId("us-east-2/mixed/nost").text("token");
  private static final String TEMPORARY = TokenVectors.byId("us-east-2/demo/st").text("token");
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final List<Pod> TWO_PODS =
      List.of(new Pod("default", "web-1", "Running"), new Pod("other", "job-1", "Pending"));

  private static ApiServer server;
  private static HttpClient client;
  private int seenBefore;

  @BeforeAll
  static void start() throws Exception {
    server =
        ApiServer.forCluster("demo")
            .accessKey(TokenVectors.KEY_ID, TokenVectors.SECRET)
            .clock(TokenVectors.CLOCK)
            .start();
    client = HttpClient.newBuilder().sslContext(trusting(server.caPem())).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void reset() {
    server.refuseNext(0);
    server.pods(TWO_PODS);
    seenBefore = server.requests().size();
  }

  private static SSLContext trusting(String pem) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> get(String path, @Nullable String token) throws Exception {
    return client.send(request(path, token).build(), BodyHandlers.ofString());
  }

  private List<RecordedRequest> seen() {
    List<RecordedRequest> all = server.requests();
    return all.subList(seenBefore, all.size());
  }

  @Test
  void request_withoutToken_is401AsAStatus() throws Exception {
    HttpResponse<String> response = get(PODS, null);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(StrictJson.read(response.body()).path("kind").textValue()).isEqualTo("Status");
    assertThat(StrictJson.read(response.body()).path("reason").textValue())
        .isEqualTo("Unauthorized");
    assertThat(seen()).extracting(RecordedRequest::verdict).containsExactly("no token");
    assertThat(seen().getFirst().tokenSha256()).isNull();
  }

  @Test
  void request_withAGoodToken_isAnsweredAndKept() throws Exception {
    HttpResponse<String> response = get(PODS + "?limit=500", GOOD);

    assertThat(response.statusCode()).isEqualTo(200);
    RecordedRequest seen = seen().getFirst();
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo(PODS + "?limit=500");
    assertThat(seen.isAccepted()).isTrue();
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.tokenSha256()).hasSize(64);
    assertThat(seen.token()).isNotNull();
    assertThat(seen.token().accessKeyId()).isEqualTo(TokenVectors.KEY_ID);
    assertThat(seen.toString()).doesNotContain(GOOD);
  }

  @Test
  void request_withATokenForAnotherCluster_is401() throws Exception {
    assertThat(get(PODS, OTHER_CLUSTER).statusCode()).isEqualTo(401);
    assertThat(seen().getFirst().verdict()).startsWith("refused: N24 ");
    assertThat(seen().getFirst().token()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/version", "/healthz", PODS, "/apis"})
  void request_withATokenThatIsNone_is401Everywhere(String path) throws Exception {
    assertThat(get(path, "k8s-aws-v1.x").statusCode()).isEqualTo(401);
    assertThat(seen().getFirst().verdict()).startsWith("refused: N4 ");
  }

  @Test
  void request_withASessionTokenThatTheKeyHasNot_is401() throws Exception {
    assertThat(get(PODS, TEMPORARY).statusCode()).isEqualTo(401);
    assertThat(seen().getFirst().verdict()).startsWith("refused: STS The security token");
  }

  @Test
  void request_withAnotherScheme_isWithoutToken() throws Exception {
    HttpRequest request =
        request(PODS, null)
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString("a:b".getBytes(StandardCharsets.UTF_8)))
            .build();

    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    assertThat(seen().getFirst().verdict()).isEqualTo("no token");
  }

  @Test
  void sessionToken_ofAKnownTemporaryKey_isRequired() throws Exception {
    String sessionToken = TokenVectors.byId("us-east-2/demo/st").text("inputs", "session_token");
    try (ApiServer temporary =
            ApiServer.forCluster("demo")
                .accessKey(TokenVectors.KEY_ID, TokenVectors.SECRET, sessionToken)
                .clock(TokenVectors.CLOCK)
                .start();
        HttpClient trusting =
            HttpClient.newBuilder().sslContext(trusting(temporary.caPem())).build()) {
      List<Integer> statuses = new ArrayList<>();
      for (String token : List.of(TEMPORARY, GOOD)) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(temporary.url() + "/api"))
                .header("Authorization", "Bearer " + token)
                .build();
        statuses.add(trusting.send(request, BodyHandlers.ofString()).statusCode());
      }

      assertThat(statuses).containsExactly(200, 401);
      assertThatThrownBy(() ->
              client.send(
                  HttpRequest.newBuilder(URI.create(temporary.url() + "/version")).build(),
                  BodyHandlers.ofString()))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void refuseNext_withTwo_refusesTwoGoodRequestsAndNoMore() throws Exception {
    server.refuseNext(2);
    long unauthorized = server.unauthorizedCount();
    long accepted = server.acceptedCount();
    List<Integer> statuses = new ArrayList<>();
    for (String token : List.of(GOOD, OTHER_CLUSTER, GOOD, GOOD)) {
      statuses.add(get(PODS, token).statusCode());
    }

    assertThat(statuses).containsExactly(401, 401, 401, 200);
    assertThat(seen().get(0).verdict()).isEqualTo("refused on demand");
    assertThat(seen().get(1).verdict()).startsWith("refused: N24");
    assertThat(seen().get(2).verdict()).isEqualTo("refused on demand");
    assertThat(server.unauthorizedCount()).isEqualTo(unauthorized + 3);
    assertThat(server.acceptedCount()).isEqualTo(accepted + 1);
  }

  @Test
  void acceptedTokenCount_withTwoTokensThrice_isTwo() throws Exception {
    for (String token : List.of(GOOD, OTHER_REGION, GOOD)) {
      assertThat(get("/api", token).statusCode()).isEqualTo(200);
    }

    assertThat(server.acceptedTokenCount()).isEqualTo(2);
  }

  @Test
  void requests_inParallel_areAllAnsweredAndKept() {
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      responses.add(client.sendAsync(request(PODS, GOOD).build(), BodyHandlers.ofString()));
    }

    assertThat(responses).allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(200));
    assertThat(seen()).hasSize(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/version", "/healthz", "/livez", "/readyz"})
  void publicPaths_withoutToken_areAnswered(String path) throws Exception {
    assertThat(get(path, null).statusCode()).isEqualTo(200);
    assertThat(get(path, GOOD).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/api, APIVersions",
    "/apis, APIGroupList",
    "/api/v1, APIResourceList",
    "/apis/authentication.k8s.io/v1, APIResourceList",
    "/api/v1/pods, PodList",
    "/api/v1/namespaces/default/pods, PodList",
    "/api/v1/namespaces/default/pods/web-1, Pod",
  })
  void paths_withAGoodToken_answerTheirKind(String path, String kind) throws Exception {
    HttpResponse<String> response = get(path, GOOD);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(StrictJson.read(response.body()).path("kind").textValue()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /openapi/v2, 404",
    "GET, /openapi/v3, 404",
    "GET, /, 404",
    "GET, /api/v1/namespaces/default/pods/none, 404",
    "GET, /api/v1/namespaces/default/secrets, 404",
    "GET, /api/v1/pods?watch=true, 405",
    "DELETE, /api/v1/namespaces/default/pods/web-1, 405",
    "GET, /apis/authentication.k8s.io/v1/selfsubjectreviews, 405",
  })
  void requests_thatItDoesNotKnow_areFailures(String method, String path, int status)
      throws Exception {
    HttpRequest request =
        request(path, GOOD).method(method, HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(StrictJson.read(response.body()).path("status").textValue()).isEqualTo("Failure");
  }

  @Test
  void pods_asATable_haveRowsOfTheNamespace() throws Exception {
    HttpRequest request =
        request(PODS, GOOD)
            .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
            .build();
    String body = client.send(request, BodyHandlers.ofString()).body();

    assertThat(StrictJson.read(body).path("kind").textValue()).isEqualTo("Table");
    assertThat(body).contains("[\"web-1\",\"1/1\",\"Running\",\"0\",").doesNotContain("job-1");
  }

  @Test
  void whoAmI_withAGoodToken_tellsTheAccessKeyId() throws Exception {
    HttpRequest request =
        request("/apis/authentication.k8s.io/v1/selfsubjectreviews", GOOD)
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(StrictJson.read(response.body()).at("/status/userInfo/uid").textValue())
        .isEqualTo(TokenVectors.KEY_ID);
  }

  @Test
  void kubeconfig_withTheArgumentsOfAtmos_isShapedAsDocumented() {
    String text =
        server.kubeconfig(
            "atmos",
            List.of(
                "aws",
                "eks",
                "token",
                "--cluster-name",
                "dev-cluster",
                "--region",
                "us-east-2",
                "--identity",
                "dev-admin"),
            "client.authentication.k8s.io/v1beta1",
            null,
            Map.of());

    assertThat(text)
        .isEqualTo(
            """
            apiVersion: v1
            kind: Config
            clusters:
            - name: demo
              cluster:
                server: %s
                certificate-authority-data: %s
            contexts:
            - name: demo
              context:
                cluster: demo
                user: atmos-eks-dev-admin
            current-context: demo
            users:
            - name: atmos-eks-dev-admin
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1beta1
                  command: atmos
                  args:
                  - aws
                  - eks
                  - token
                  - --cluster-name
                  - dev-cluster
                  - --region
                  - us-east-2
                  - --identity
                  - dev-admin
            """
                .formatted(
                    server.url(),
                    Base64.getEncoder()
                        .encodeToString(server.caPem().getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void kubeconfig_withWordsThatYamlWouldMisread_quotesThem() {
    String text =
        server.kubeconfig(
            "/a b/\u00e9/atmos",
            List.of("on", "1e3", "", "a: b", "-", "#x", "a:"),
            "client.authentication.k8s.io/v1",
            "Never",
            Map.of("B", "y", "A", "x"));

    assertThat(text)
        .contains("command: \"/a b/\\u00e9/atmos\"\n")
        .contains("- \"on\"\n", "- \"1e3\"\n", "- \"\"\n", "- \"a: b\"\n", "- \"-\"\n")
        .contains("- \"#x\"\n", "- \"a:\"\n")
        .contains("env:\n      - name: A\n        value: x\n      - name: B\n        value: \"y\"")
        .endsWith("      interactiveMode: Never\n");
  }

  @Test
  void start_onAPortThatIsTaken_fails() {
    ApiServer.Builder builder = ApiServer.forCluster("demo").port(server.port());

    assertThatThrownBy(builder::start).isInstanceOf(IOException.class);
  }
}
