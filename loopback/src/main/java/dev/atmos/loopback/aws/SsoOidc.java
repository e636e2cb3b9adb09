package dev.atmos.loopback.aws;

import dev.atmos.loopback.Json;
import dev.atmos.loopback.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * SSO OIDC (API reference "IAM Identity Center OIDC"; RFC 8628), and the page where people say yes.
 */
final class SsoOidc implements Service {
  private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
  private static final String SCOPE_FOR_REFRESH = "sso:account:access";
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

  private record Client(String id, String secret, boolean refreshable, Instant expires) {}

  private final Secrets secrets;
  private final Supplier<String> url;
  private final Map<String, Client> clients = new HashMap<>();
  private final List<IdentityCenter> centers = new CopyOnWriteArrayList<>();
  private final AtomicInteger userCodes = new AtomicInteger();
  private Duration registrationLifetime = Duration.ofDays(90);

  SsoOidc(Secrets secrets, Supplier<String> url) {
    this.secrets = secrets;
    this.url = url;
  }

  static AwsException error(String code, String description) {
    int status = code.equals("invalid_client") ? 401 : 400;
    return new AwsException(status, code, description);
  }

  synchronized IdentityCenter center(String startUrl, String region, Iam iam) {
    return center(startUrl)
        .orElseGet(() -> {
          IdentityCenter center = new IdentityCenter(startUrl, region, iam, secrets);
          centers.add(center);
          return center;
        });
  }

  private Optional<IdentityCenter> center(String startUrl) {
    return centers.stream().filter(center -> center.startUrl().equals(startUrl)).findFirst();
  }

  /** The instance in which an access token is good. */
  Optional<IdentityCenter> centerOfToken(String accessToken, Instant now) {
    return centers.stream()
        .filter(center -> center.session(accessToken, now).isPresent())
        .findFirst();
  }

  Optional<IdentityCenter> centerOfUserCode(String userCode) {
    return centers.stream().filter(center -> center.isPending(userCode)).findFirst();
  }

  synchronized void registrationLifetime(Duration lifetime) {
    registrationLifetime = lifetime;
  }

  @Override
  public Answer perform(Call call) {
    Map<?, ?> body = body(call);
    return call.result(
        switch (call.operation()) {
          case REGISTER_CLIENT -> registerClient(body, call.now());
          case START_DEVICE_AUTHORIZATION -> startDeviceAuthorization(call, body);
          default -> createToken(body, call.now());
        });
  }

  private static Map<?, ?> body(Call call) {
    try {
      if (Json.parse(call.request().body()) instanceof Map<?, ?> body) {
        return body;
      }
    } catch (Json.MalformedException e) {
      // Said below, as for one that is no object.
    }
    throw error("invalid_request", "The body is not a JSON object");
  }

  private static String required(Map<?, ?> body, String member) {
    return Json.text(body, member)
        .orElseThrow(() -> error("invalid_request", "Missing parameter: " + member));
  }

  private synchronized Map<String, Object> registerClient(Map<?, ?> body, Instant now) {
    required(body, "clientName");
    if (!required(body, "clientType").equals("public")) {
      throw error("invalid_client_metadata", "The client type is not public");
    }
    boolean refreshable =
        body.get("scopes") instanceof List<?> scopes && scopes.contains(SCOPE_FOR_REFRESH);
    Client client =
        new Client(
            secrets.name("client"),
            secrets.urlSafe(300),
            refreshable,
            now.plus(registrationLifetime));
    clients.put(client.id(), client);
    return Json.object(
        "clientId", client.id(),
        "clientSecret", client.secret(),
        "clientIdIssuedAt", now.getEpochSecond(),
        "clientSecretExpiresAt", client.expires().getEpochSecond());
  }

  private synchronized Client client(Map<?, ?> body, Instant now) {
    Client client = clients.get(required(body, "clientId"));
    if (client == null || !client.secret().equals(required(body, "clientSecret"))) {
      throw error("invalid_client", "Invalid client");
    }
    if (!now.isBefore(client.expires())) {
      throw error("invalid_client", "The client has expired");
    }
    return client;
  }

  private Map<String, Object> startDeviceAuthorization(Call call, Map<?, ?> body) {
    Client client = client(body, call.now());
    String host = call.request().header("host").orElse("");
    IdentityCenter center =
        center(required(body, "startUrl"))
            .filter(known -> isOfRegion(host, known.region()))
            .orElseThrow(() -> error("invalid_request", "Invalid start url provided"));
    Map<String, Object> answer =
        center.startFlow(client.id(), client.refreshable(), newUserCode(), call.now());
    String page = url.get() + "/device";
    answer.put("verificationUri", page);
    answer.put("verificationUriComplete", page + "?user_code=" + answer.get("userCode"));
    return answer;
  }

  /** A real host, where a proxy has led to us, says its region; ours says none. */
  private static boolean isOfRegion(String host, String region) {
    return !host.startsWith("oidc.") || host.startsWith("oidc." + region + ".");
  }

  /** A number, written as codes are: BBBB-BBBC is the first. */
  private String newUserCode() {
    StringBuilder code = new StringBuilder();
    int number = userCodes.incrementAndGet();
    for (int i = 0; i < 8; i++) {
      code.insert(0, LETTERS.charAt(number % LETTERS.length()));
      number /= LETTERS.length();
    }
    return code.insert(4, '-').toString();
  }

  private Map<String, Object> createToken(Map<?, ?> body, Instant now) {
    Client client = client(body, now);
    IdentityCenter.Tokens tokens =
        switch (required(body, "grantType")) {
          case DEVICE -> {
            String code = required(body, "deviceCode");
            yield centers.stream()
                .filter(center -> center.knows(code))
                .findFirst()
                .orElseThrow(() -> error("invalid_grant", "Invalid device code"))
                .tokensOfDevice(code, client.id(), now);
          }
          case "refresh_token" -> {
            String token = required(body, "refreshToken");
            yield centers.stream()
                .filter(center -> center.knowsRefreshToken(token))
                .findFirst()
                .orElseThrow(() -> error("invalid_grant", "Invalid refresh token"))
                .tokensOfRefresh(token, client.id(), now);
          }
          default -> throw error("unsupported_grant_type", "Grant type is not supported");
        };
    Map<String, Object> answer =
        Json.object(
            "accessToken", tokens.accessToken(),
            "tokenType", "Bearer",
            "expiresIn", tokens.expiresIn());
    @Nullable String refresh = tokens.refreshToken();
    if (refresh != null) {
      answer.put("refreshToken", refresh);
    }
    return answer;
  }
}
