package dev.atmos.loopback.aws.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.atmos.loopback.aws.iam.Iam;
import dev.atmos.loopback.aws.iam.SecretRegistry;
import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.aws.protocol.OAuthErrors;
import dev.atmos.loopback.aws.service.IdentityCenterInstance.Tokens;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import dev.atmos.loopback.json.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** SSO OIDC (API reference "IAM Identity Center OIDC"; RFC 8628, RFC 7636). */
public final class SsoOidc implements AwsService {
  private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
  private static final String SCOPE_FOR_REFRESH = "sso:account:access";
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

  private static final String CODE = "authorization_code";
  private static final String REFRESH = "refresh_token";

  /** What a device asks for that names no grants, as the AWS CLI does. */
  private static final Set<String> USUAL = Set.of(DEVICE, REFRESH);

  /**
   * A registered client.
   *
   * @param redirects where its authorization codes may be sent, without ports
   */
  record Client(
      String id,
      String secret,
      Set<String> grants,
      Set<String> scopes,
      Set<String> redirects,
      String issuer,
      Instant expires) {
    boolean mayUse(String grant) {
      return grants.contains(grant);
    }

    private boolean isRefreshable() {
      return mayUse(REFRESH) && scopes.contains(SCOPE_FOR_REFRESH);
    }
  }

  private final SecretRegistry secrets;
  private final AuthorizationCodes codes;
  private final Supplier<String> url;
  private final Map<String, Client> clients = new HashMap<>();
  private final List<IdentityCenterInstance> centers = new CopyOnWriteArrayList<>();
  private final AtomicInteger userCodes = new AtomicInteger();
  private Duration registrationLifetime = Duration.ofDays(90);

  public SsoOidc(SecretRegistry secrets, Supplier<String> url) {
    this.secrets = secrets;
    this.codes = new AuthorizationCodes(secrets);
    this.url = url;
  }

  static AwsException error(String code, String description) {
    int status = code.equals("invalid_client") ? 401 : 400;
    return new AwsException(status, code, description);
  }

  /** The instance with this start URL; creates it if it does not exist. */
  public synchronized IdentityCenterInstance center(String startUrl, String region, Iam iam) {
    return center(known -> known.startUrl().equals(startUrl))
        .orElseGet(() -> {
          IdentityCenterInstance center =
              new IdentityCenterInstance(startUrl, region, iam, secrets);
          centers.add(center);
          return center;
        });
  }

  private Optional<IdentityCenterInstance> center(Predicate<IdentityCenterInstance> condition) {
    return centers.stream().filter(condition).findFirst();
  }

  /** The instance that an access token is valid for. */
  Optional<IdentityCenterInstance> centerOfToken(String accessToken, Instant now) {
    return center(center -> center.session(accessToken, now).isPresent());
  }

  Optional<IdentityCenterInstance> centerOfUserCode(String userCode) {
    return center(center -> center.isPending(userCode));
  }

  /** Sets how long clients that register from now on are registered for. */
  public synchronized void registrationLifetime(Duration lifetime) {
    registrationLifetime = lifetime;
  }

  @Override
  public ServerResponse perform(AwsCall call) {
    JsonNode body = body(call);
    return call.result(
        switch (call.operation()) {
          case REGISTER_CLIENT -> registerClient(body, call.now());
          case START_DEVICE_AUTHORIZATION -> startDeviceAuthorization(call, body);
          default -> createToken(body, call.now());
        });
  }

  private static JsonNode body(AwsCall call) {
    try {
      JsonNode body = StrictJson.read(call.request().body());
      if (body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      // Reported below, as for any other value.
    }
    throw error("invalid_request", "The body is not a JSON object");
  }

  private static String required(JsonNode body, String member) {
    return Optional.ofNullable(body.path(member).textValue())
        .orElseThrow(() -> error("invalid_request", "Missing parameter: " + member));
  }

  private synchronized JsonObject registerClient(JsonNode body, Instant now) {
    required(body, "clientName");
    if (!required(body, "clientType").equals("public")) {
      throw error("invalid_client_metadata", "The client type is not public");
    }
    Set<String> grants = texts(body, "grantTypes");
    Set<String> redirects = texts(body, "redirectUris");
    String issuer = body.path("issuerUrl").asText("");
    if (!Set.of(DEVICE, REFRESH, CODE).containsAll(grants)) {
      throw error("unsupported_grant_type", "Grant type is not supported");
    }
    if (grants.contains(CODE)) {
      checkCodeClient(grants, redirects, issuer);
    }
    Instant expires = now.plus(registrationLifetime);
    Client client =
        new Client(
            secrets.name("client"),
            secrets.urlSafe(300),
            grants.isEmpty() ? USUAL : grants,
            texts(body, "scopes"),
            redirects,
            issuer,
            expires);
    clients.put(client.id(), client);
    return new JsonObject()
        .with("clientId", client.id())
        .with("clientSecret", client.secret())
        .with("clientIdIssuedAt", now.getEpochSecond())
        .with("clientSecretExpiresAt", expires.getEpochSecond());
  }

  private static Set<String> texts(JsonNode body, String member) {
    return body.path(member).valueStream().map(JsonNode::asText).collect(Collectors.toSet());
  }

  /** A client is for devices or for browsers, and one for browsers says where it listens. */
  private void checkCodeClient(Set<String> grants, Set<String> redirects, String issuer) {
    if (grants.contains(DEVICE)) {
      throw error("invalid_request", "Grant types can't be combined");
    }
    if (redirects.isEmpty()
        || !redirects.stream().allMatch(uri -> uri.matches("http://127\\.0\\.0\\.1/[!-~]*"))) {
      throw error("invalid_redirect_uri", "Invalid redirect URI");
    }
    if (center(center -> center.startUrl().equals(issuer)).isEmpty()) {
      throw error("invalid_request", "Invalid issuer url provided");
    }
  }

  /** A client that is registered at this time. */
  synchronized Optional<Client> client(String id, Instant now) {
    return Optional.ofNullable(clients.get(id)).filter(client -> now.isBefore(client.expires()));
  }

  /** The instance that a client for browsers has registered with. */
  IdentityCenterInstance centerOf(Client client) {
    return center(center -> center.startUrl().equals(client.issuer())).orElseThrow();
  }

  /** The codes that users have approved in a browser. */
  AuthorizationCodes codes() {
    return codes;
  }

  private synchronized Client client(JsonNode body, Instant now) {
    Client client = clients.get(required(body, "clientId"));
    if (client == null || !client.secret().equals(required(body, "clientSecret"))) {
      throw error("invalid_client", "Invalid client");
    }
    if (!now.isBefore(client.expires())) {
      throw error("invalid_client", "The client has expired");
    }
    return client;
  }

  private JsonObject startDeviceAuthorization(AwsCall call, JsonNode body) {
    Client client = client(body, call.now());
    requireGrant(client, DEVICE);
    String host = call.request().header("host").orElse("");
    String startUrl = required(body, "startUrl");
    IdentityCenterInstance center =
        center(known -> known.startUrl().equals(startUrl) && isOfRegion(host, known.region()))
            .orElseThrow(() -> error("invalid_request", "Invalid start url provided"));
    String code = newUserCode();
    String page = page(host, center.region());
    JsonObject answer = center.startFlow(client.id(), client.isRefreshable(), code, call.now());
    answer.with("verificationUri", page);
    answer.with("verificationUriComplete", page + "?user_code=" + code);
    return answer;
  }

  /**
   * Where a proxy has led the client here, it takes us for another host: for AWS, whose page has a
   * host of its own, or for the endpoint that is configured.
   */
  private String page(String host, String region) {
    if (host.startsWith("oidc.")) {
      return "https://device.sso." + region + ".amazonaws.com/";
    }
    boolean isHere =
        host.isEmpty() || host.matches("(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]+)?");
    return (isHere ? url.get() : "https://" + host) + "/device";
  }

  /** A real host, if a proxy has led the client here, names its region; ours names none. */
  private static boolean isOfRegion(String host, String region) {
    return !host.startsWith("oidc.") || host.startsWith("oidc." + region + ".");
  }

  /** A counter, written as codes are: BBBB-BBBC is the first. */
  private String newUserCode() {
    StringBuilder code = new StringBuilder();
    int number = userCodes.incrementAndGet();
    for (int i = 0; i < 8; i++) {
      code.insert(0, LETTERS.charAt(number % LETTERS.length()));
      number /= LETTERS.length();
    }
    return code.insert(4, '-').toString();
  }

  private static void requireGrant(Client client, String grant) {
    if (!client.mayUse(grant)) {
      throw error("unauthorized_client", "The client isn't registered for this grant type");
    }
  }

  private JsonObject createToken(JsonNode body, Instant now) {
    Client client = client(body, now);
    String grant = required(body, "grantType");
    if (Set.of(DEVICE, REFRESH, CODE).contains(grant)) {
      requireGrant(client, grant);
    }
    Tokens tokens =
        switch (grant) {
          case CODE -> {
            String user =
                codes.redeem(
                    required(body, "code"),
                    client.id(),
                    required(body, "redirectUri"),
                    required(body, "codeVerifier"),
                    now);
            yield centerOf(client).signIn(user, client.id(), client.isRefreshable(), now);
          }
          case DEVICE -> {
            String code = required(body, "deviceCode");
            yield center(center -> center.knows(code))
                .orElseThrow(() -> error(OAuthErrors.INVALID_GRANT, "Invalid device code"))
                .tokensOfDevice(code, client.id(), now);
          }
          case REFRESH -> {
            String token = required(body, "refreshToken");
            yield center(center -> center.knowsRefreshToken(token))
                .orElseThrow(() -> error(OAuthErrors.INVALID_GRANT, "Invalid refresh token"))
                .tokensOfRefresh(token, client.id(), now);
          }
          default -> throw error("unsupported_grant_type", "Grant type is not supported");
        };
    JsonObject answer =
        new JsonObject()
            .with("accessToken", tokens.accessToken())
            .with("tokenType", "Bearer")
            .with("expiresIn", tokens.expiresIn());
    String refresh = tokens.refreshToken();
    if (refresh != null) {
      answer.with("refreshToken", refresh);
    }
    return answer;
  }
}
