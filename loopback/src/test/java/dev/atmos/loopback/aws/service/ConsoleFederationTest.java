package dev.atmos.loopback.aws.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.json.JsonObject;
import dev.atmos.loopback.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console's endpoint for federation refuses. */
class ConsoleFederationTest {
  private static final String PAGE = "https://console.aws.amazon.com/s3/home";

  private final HttpClient http = HttpClient.newHttpClient();
  private Instant now = Instant.parse("2025-01-15T12:00:00Z");
  private LoopbackAws aws;
  private AccessKey key;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(() -> now);
    key = aws.session(Role.of("111111111111", "Admin"), "ann", Duration.ofHours(1)).key();
  }

  @AfterEach
  void stop() {
    http.close();
    aws.close();
  }

  private HttpResponse<String> get(String query, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(aws.url() + "/federation?" + query));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String sessionToken() {
    return Objects.requireNonNull(key.sessionToken());
  }

  private HttpResponse<String> signinToken(String secret, String token, String more)
      throws Exception {
    JsonObject session =
        new JsonObject()
            .with("sessionId", key.id())
            .with("sessionKey", secret)
            .with("sessionToken", token);
    return get("Action=getSigninToken" + more + "&Session=" + encoded(StrictJson.write(session)));
  }

  private String token() throws Exception {
    HttpResponse<String> answer = signinToken(key.secret(), sessionToken(), "");
    return StrictJson.read(answer.body()).get("SigninToken").asText();
  }

  private HttpResponse<String> login(String token, String page, String... headers)
      throws Exception {
    return get(
        "Action=login&Issuer=me&Destination=" + encoded(page) + "&SigninToken=" + token, headers);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 200",
    "&SessionDuration=900, 200",
    "&SessionDuration=43200, 200",
    "&SessionDuration=899, 400",
    "&SessionDuration=43201, 400",
    "&SessionDuration=1h, 400"
  })
  void duration_isBounded(String more, int status) throws Exception {
    assertThat(signinToken(key.secret(), sessionToken(), more).statusCode()).isEqualTo(status);
  }

  @Test
  void credentials_thatAreWrong_orHaveExpired_areRefused() throws Exception {
    assertThat(signinToken("x", sessionToken(), "").statusCode()).isEqualTo(400);
    assertThat(signinToken(key.secret(), "x", "").statusCode()).isEqualTo(400);
    now = now.plus(Duration.ofHours(2));
    assertThat(signinToken(key.secret(), sessionToken(), "").statusCode()).isEqualTo(400);
  }

  @Test
  void token_opensAPageOfTheConsole_forAQuarterOfAnHour() throws Exception {
    String token = token();

    assertThat(login(token, PAGE).body()).contains("assumed-role/Admin/ann, at " + PAGE);
    assertThat(login("x", PAGE).statusCode()).isEqualTo(400);
    assertThat(login(token, "https://evil.example/").statusCode()).isEqualTo(400);
    assertThat(login(token, PAGE, "Cookie", "aws-userInfo=another").body())
        .contains("You must first log out");
    now = now.plus(Duration.ofMinutes(15));
    assertThat(login(token, PAGE).statusCode()).isEqualTo(400);
  }
}
