package dev.atmos.loopback.aws.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.Iam;
import dev.atmos.loopback.aws.iam.IamPrincipal;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.SecretRegistry;
import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerRequest.Parameter;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import dev.atmos.loopback.json.StrictJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The console's sign-in for programs: authorization codes with PKCE, and tokens that are bound to a
 * key by DPoP (AWS Sign-In API reference, "CreateOAuth2Token"; RFC 9449).
 */
public final class ConsoleSignInPage implements AwsService {
  private static final String SAME_DEVICE = "arn:aws:signin:::devtools/same-device";
  private static final String CROSS_DEVICE = "arn:aws:signin:::devtools/cross-device";
  private static final int SECONDS = 900;

  private record Session(IamUser user, String clientId, String thumbprint, Instant ends) {}

  private final Iam iam;
  private final SecretRegistry secrets;
  private final Supplier<String> url;
  private final AuthorizationCodes codes;
  private final DpopVerifier dpop = new DpopVerifier();
  private final Map<String, Session> refreshTokens = new HashMap<>();
  private final Map<String, IamUser> users = new HashMap<>();
  private @Nullable IamUser signedIn;
  private boolean refuses;

  public ConsoleSignInPage(Iam iam, SecretRegistry secrets, Supplier<String> url) {
    this.iam = iam;
    this.secrets = secrets;
    this.url = url;
    this.codes = new AuthorizationCodes(secrets);
  }

  /** Whose console the browser shows; null if it shows none. */
  public synchronized void browserOf(@Nullable IamUser user) {
    signedIn = user;
  }

  /** Whether the user says no. */
  public synchronized void refuse(boolean no) {
    refuses = no;
  }

  /** Ends all sessions, as a new password does. */
  public synchronized void endSessions() {
    refreshTokens.clear();
  }

  @Override
  public synchronized ServerResponse perform(AwsCall call) {
    return switch (call.operation()) {
      case CONSOLE_AUTHORIZE_PAGE -> authorize(call);
      case CONFIRMATION_PAGE -> confirmation(call.request());
      default -> token(call);
    };
  }

  private ServerResponse authorize(AwsCall call) {
    List<Parameter> query = call.request().query();
    String client = text(query, "client_id");
    String redirect = text(query, "redirect_uri");
    boolean same =
        client.equals(SAME_DEVICE)
            && redirect.matches("http://127\\.0\\.0\\.1:[0-9]{1,5}/oauth/callback");
    boolean cross =
        client.equals(CROSS_DEVICE) && redirect.equals(url.get() + "/v1/sessions/confirmation");
    if (!same && !cross) {
      return LoopbackPage.sentence(400, "This program isn't known.");
    }
    IamUser user = signedIn;
    if (!text(query, "response_type").equals("code")
        || !text(query, "code_challenge_method").equals("SHA-256")
        || !text(query, "scope").equals("openid")
        || !text(query, "code_challenge").matches("[A-Za-z0-9_-]{43}")
        || text(query, "state").isEmpty()) {
      return LoopbackPage.sentence(400, "The request isn't valid.");
    }
    if (user == null) {
      return LoopbackPage.sentence(200, "Sign in to the console.");
    }
    users.put(user.arn(), user);
    String answer =
        refuses
            ? "error=access_denied"
            : "code="
                + codes.issue(
                    user.arn(), client, redirect, text(query, "code_challenge"), call.now());
    return ServerResponse.of(302, "text/plain", "")
        .header("Location", redirect + "?" + answer + "&state=" + encoded(text(query, "state")));
  }

  private static ServerResponse confirmation(ServerRequest request) {
    String query =
        "state="
            + encoded(text(request.query(), "state"))
            + "&code="
            + encoded(text(request.query(), "code"));
    String shown = Base64.getEncoder().encodeToString(query.getBytes(StandardCharsets.US_ASCII));
    return LoopbackPage.sentence(200, "Enter this code: " + shown);
  }

  private static String text(List<Parameter> parameters, String name) {
    return ServerRequest.first(parameters, name).orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private ServerResponse token(AwsCall call) {
    String thumbprint =
        dpop.thumbprint(call.request(), url.get() + "/v1/token", call.now()).orElse("");
    JsonNode body;
    try {
      body = StrictJson.read(call.request().body());
    } catch (JsonProcessingException e) {
      return refusal(400, "ValidationException", "INVALID_REQUEST");
    }
    if (thumbprint.isEmpty()) {
      return refusal(400, "ValidationException", "INVALID_REQUEST");
    }
    return switch (body.path("grantType").asText()) {
      case "authorization_code" -> byCode(call, body, thumbprint);
      case "refresh_token" -> byRefreshToken(call, body, thumbprint);
      default -> refusal(400, "ValidationException", "INVALID_REQUEST");
    };
  }

  private ServerResponse byCode(AwsCall call, JsonNode body, String thumbprint) {
    String user;
    String client = body.path("clientId").asText();
    try {
      user =
          codes.redeem(
              body.path("code").asText(),
              client,
              body.path("redirectUri").asText(),
              body.path("codeVerifier").asText(),
              call.now());
    } catch (AwsException e) {
      return refusal(400, "AccessDeniedException", "AUTHCODE_EXPIRED");
    }
    IamUser known = Objects.requireNonNull(users.get(user));
    Session session = new Session(known, client, thumbprint, call.now().plus(Duration.ofHours(12)));
    return issued(call, session, true);
  }

  private ServerResponse byRefreshToken(AwsCall call, JsonNode body, String thumbprint) {
    Session session = refreshTokens.remove(body.path("refreshToken").asText());
    if (session == null
        || !session.thumbprint().equals(thumbprint)
        || !session.clientId().equals(body.path("clientId").asText())) {
      return refusal(400, "ValidationException", "INVALID_REQUEST");
    }
    return call.now().isBefore(session.ends())
        ? issued(call, session, false)
        : refusal(400, "AccessDeniedException", "TOKEN_EXPIRED");
  }

  private ServerResponse issued(AwsCall call, Session session, boolean withIdToken) {
    AccessKey key =
        iam.issue(IamPrincipal.user(session.user()), call.now().plusSeconds(SECONDS)).key();
    String refreshToken = secrets.urlSafe(200);
    refreshTokens.put(refreshToken, session);
    JsonObject answer =
        new JsonObject()
            .with(
                "accessToken",
                new JsonObject()
                    .with("accessKeyId", key.id())
                    .with("secretAccessKey", key.secret())
                    .with("sessionToken", Objects.requireNonNull(key.sessionToken())))
            .with("tokenType", "aws_sigv4")
            .with("expiresIn", SECONDS)
            .with("refreshToken", refreshToken);
    if (withIdToken) {
      String payload = "{\"sub\":\"" + session.user().arn() + "\"}";
      answer.with(
          "idToken",
          "e30."
              + Base64.getUrlEncoder()
                  .withoutPadding()
                  .encodeToString(payload.getBytes(StandardCharsets.UTF_8))
              + ".c2ln");
    }
    return call.result(answer);
  }

  private static ServerResponse refusal(int status, String type, String error) {
    return ServerResponse.of(
            status,
            "application/json",
            "{\"error\":\"" + error + "\",\"message\":\"" + error + "\"}")
        .header("x-amzn-ErrorType", type);
  }
}
