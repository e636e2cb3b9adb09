package dev.atmos.loopback.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.LoopbackScenario;
import java.net.URI;
import java.net.URLEncoder;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssooidc.SsoOidcClient;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenRequest;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenResponse;
import software.amazon.awssdk.services.ssooidc.model.InvalidGrantException;
import software.amazon.awssdk.services.ssooidc.model.InvalidRedirectUriException;
import software.amazon.awssdk.services.ssooidc.model.RegisterClientRequest;
import software.amazon.awssdk.services.ssooidc.model.RegisterClientResponse;
import software.amazon.awssdk.services.ssooidc.model.SsoOidcException;
import software.amazon.awssdk.services.ssooidc.model.UnauthorizedClientException;
import software.amazon.awssdk.services.ssooidc.model.UnsupportedGrantTypeException;

/** What the authorize page and the token endpoint take and refuse of a client for browsers. */
class OidcAuthorizePageTest {
  private static final String START_URL = "https://acme.awsapps.com/start";
  private static final String REGISTERED = "http://127.0.0.1/oauth/callback";
  private static final String HERE = "http://127.0.0.1:5555/oauth/callback";
  private static final String VERIFIER = "v".repeat(43);
  private static final Instant NOON = Instant.parse("2025-01-15T12:00:00Z");

  private final HttpClient browser = HttpClient.newHttpClient();
  private LoopbackAws aws;
  private IdentityCenterInstance center;
  private SsoOidcClient oidc;

  @BeforeEach
  void start() throws Exception {
    aws = LoopbackAws.start(Clock.fixed(NOON, ZoneOffset.UTC));
    center = aws.identityCenter(START_URL, "eu-central-1").assign("ann", "111122223333", "p", "A");
    oidc = LoopbackScenario.client(SsoOidcClient.builder(), aws, LoopbackScenario.alice());
  }

  @AfterEach
  void stop() {
    browser.close();
    oidc.close();
    aws.close();
  }

  private RegisterClientResponse register(Consumer<RegisterClientRequest.Builder> change) {
    return oidc.registerClient(request -> {
      request
          .clientName("test")
          .clientType("public")
          .grantTypes("authorization_code", "refresh_token")
          .redirectUris(REGISTERED)
          .issuerUrl(START_URL)
          .scopes("sso:account:access");
      change.accept(request);
    });
  }

  private RegisterClientResponse register() {
    return register(request -> {});
  }

  private static Map<String, String> query(String clientId) {
    return new TreeMap<>(
        Map.of(
            "response_type",
            "code",
            "client_id",
            clientId,
            "redirect_uri",
            HERE,
            "state",
            "s&1",
            "code_challenge_method",
            "S256",
            "code_challenge",
            AuthorizationCodes.challenge(VERIFIER),
            "scopes",
            "sso:account:access"));
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(each ->
            each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private HttpResponse<String> get(Map<String, String> fields) throws Exception {
    URI uri = URI.create(aws.url() + "/authorize?" + form(fields));
    return browser.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** Where the answer of the user leads. */
  private String choose(Map<String, String> fields, String choice) throws Exception {
    Map<String, String> all = new TreeMap<>(fields);
    all.putAll(Map.of("choice", choice, "user", "ann"));
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(aws.url() + "/authorize"))
            .POST(BodyPublishers.ofString(form(all)))
            .build();
    return location(browser.send(post, BodyHandlers.ofString()));
  }

  private static String location(HttpResponse<String> response) {
    return response.headers().firstValue("location").orElse("none: " + response.body());
  }

  private String code(RegisterClientResponse client) throws Exception {
    String there = choose(query(client.clientId()), "allow");
    assertThat(there).startsWith(HERE + "?code=").endsWith("&state=s%261");
    return there.substring((HERE + "?code=").length(), there.indexOf("&state"));
  }

  private CreateTokenResponse redeem(
      RegisterClientResponse client, String code, Consumer<CreateTokenRequest.Builder> change) {
    return oidc.createToken(request -> {
      request
          .clientId(client.clientId())
          .clientSecret(client.clientSecret())
          .grantType("authorization_code")
          .code(code)
          .codeVerifier(VERIFIER)
          .redirectUri(HERE);
      change.accept(request);
    });
  }

  @Test
  void code_ofAYes_givesTokensOnce() throws Exception {
    RegisterClientResponse client = register();

    assertThat(get(query(client.clientId())).body()).contains("value=\"s&amp;1\"", "Allow", "ann");
    String code = code(client);
    CreateTokenResponse tokens = redeem(client, code, request -> {});

    assertThat(tokens.refreshToken()).isNotEmpty();
    assertThat(aws.secrets()).contains(code, tokens.accessToken());
    assertThatExceptionOfType(InvalidGrantException.class)
        .isThrownBy(() -> redeem(client, code, request -> {}));
    assertThat(
            oidc.createToken(request ->
                    request
                        .clientId(client.clientId())
                        .clientSecret(client.clientSecret())
                        .grantType("refresh_token")
                        .refreshToken(tokens.refreshToken()))
                .accessToken())
        .isNotEmpty();
  }

  @Test
  void page_ofAUserWhoAlwaysAllows_leadsBackAtOnce() throws Exception {
    center.autoAllow("ann", 0);
    assertThat(location(get(query(register().clientId())))).startsWith(HERE + "?code=");
  }

  @Test
  void no_ofTheUser_isSaidToTheClient() throws Exception {
    assertThat(choose(query(register().clientId()), "deny"))
        .isEqualTo(HERE + "?error=access_denied&state=s%261");
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, token, unsupported_response_type",
    "code_challenge_method, plain, invalid_request",
    "code_challenge_method, SHA-256, invalid_request",
    "code_challenge, short, invalid_request",
    "scopes, other, invalid_scope",
    "scopes, sso:account:access other, invalid_scope"
  })
  void question_thatIsWrong_isSaidToTheClient(String name, String value, String error)
      throws Exception {
    Map<String, String> fields = query(register().clientId());
    fields.put(name, value);
    assertThat(location(get(fields))).isEqualTo(HERE + "?error=" + error + "&state=s%261");
  }

  @ParameterizedTest
  @CsvSource({
    "client_id, unknown",
    "redirect_uri, http://localhost:5555/oauth/callback",
    "redirect_uri, http://127.0.0.1:5555/other",
    "redirect_uri, https://127.0.0.1:5555/oauth/callback",
    "redirect_uri, http://127.0.0.1:5555/oauth/callback?x=1",
    "redirect_uri, http://127.0.0.1.evil.example:5555/oauth/callback"
  })
  void client_thatIsNotRegisteredSo_getsNoRedirect(String name, String value) throws Exception {
    Map<String, String> fields = query(register().clientId());
    fields.put(name, value);
    assertThat(get(fields).statusCode()).isEqualTo(400);
  }

  @Test
  void code_withAnythingElse_isSpent() throws Exception {
    RegisterClientResponse client = register();
    List<Consumer<CreateTokenRequest.Builder>> wrong =
        List.of(
            request -> request.codeVerifier("w".repeat(43)),
            request -> request.codeVerifier("v"),
            request -> request.redirectUri(REGISTERED),
            request -> request.redirectUri(HERE.replace("5555", "5556")));
    for (Consumer<CreateTokenRequest.Builder> change : wrong) {
      String code = code(client);
      assertThatExceptionOfType(InvalidGrantException.class)
          .isThrownBy(() -> redeem(client, code, change));
      assertThatExceptionOfType(InvalidGrantException.class)
          .isThrownBy(() -> redeem(client, code, request -> {}));
    }
    String code = code(client);
    RegisterClientResponse other = register();
    assertThatExceptionOfType(InvalidGrantException.class)
        .isThrownBy(() -> redeem(other, code, request -> {}));
    String late = code(client);
    aws.clock(Clock.fixed(NOON.plus(Duration.ofMinutes(10)), ZoneOffset.UTC));
    assertThatExceptionOfType(InvalidGrantException.class)
        .isThrownBy(() -> redeem(client, late, request -> {}));
  }

  @Test
  void grant_thatTheClientHasNotRegistered_isRefused() throws Exception {
    RegisterClientResponse forBrowsers = register();
    RegisterClientResponse forDevices =
        oidc.registerClient(request -> request.clientName("test").clientType("public"));

    assertThatExceptionOfType(UnauthorizedClientException.class)
        .isThrownBy(() ->
            oidc.startDeviceAuthorization(request ->
                request
                    .clientId(forBrowsers.clientId())
                    .clientSecret(forBrowsers.clientSecret())
                    .startUrl(START_URL)));
    assertThat(get(query(forDevices.clientId())).statusCode()).isEqualTo(400);
    String code = code(forBrowsers);
    assertThatExceptionOfType(UnauthorizedClientException.class)
        .isThrownBy(() -> redeem(forDevices, code, request -> {}));
  }

  @Test
  void registration_thatIsWrong_isRefused() {
    assertThatExceptionOfType(InvalidRedirectUriException.class)
        .isThrownBy(() -> register(request -> request.redirectUris(List.of())));
    assertThatExceptionOfType(InvalidRedirectUriException.class)
        .isThrownBy(() -> register(request -> request.redirectUris("https://evil.example/")));
    assertThatExceptionOfType(UnsupportedGrantTypeException.class)
        .isThrownBy(() -> register(request -> request.grantTypes("password")));
    String device = "urn:ietf:params:oauth:grant-type:device_code";
    assertThatExceptionOfType(SsoOidcException.class)
        .isThrownBy(() -> register(request -> request.grantTypes("authorization_code", device)));
    assertThatExceptionOfType(SsoOidcException.class)
        .isThrownBy(() -> register(request -> request.issuerUrl("https://b.awsapps.com/start")));
  }
}
