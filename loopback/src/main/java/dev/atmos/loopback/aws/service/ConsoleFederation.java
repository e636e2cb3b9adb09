package dev.atmos.loopback.aws.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.atmos.loopback.aws.iam.Credential;
import dev.atmos.loopback.aws.iam.Iam;
import dev.atmos.loopback.aws.iam.IamPrincipal.Kind;
import dev.atmos.loopback.aws.iam.SecretRegistry;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import dev.atmos.loopback.json.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The console's endpoint for federation (IAM User Guide, "Enabling custom identity broker access to
 * the AWS console").
 */
public final class ConsoleFederation implements AwsService {
  private static final Duration TOKEN = Duration.ofMinutes(15);
  private static final String COOKIE = "aws-userInfo=";

  private record SigninToken(Credential credential, Instant ends) {}

  private final Iam iam;
  private final SecretRegistry secrets;
  private final Map<String, SigninToken> tokens = new HashMap<>();

  public ConsoleFederation(Iam iam, SecretRegistry secrets) {
    this.iam = iam;
    this.secrets = secrets;
  }

  @Override
  public synchronized ServerResponse perform(AwsCall call) {
    return call.operation() == Operation.GET_SIGNIN_TOKEN ? signinToken(call) : login(call);
  }

  private static Optional<String> parameter(AwsCall call, String name) {
    return ServerRequest.first(call.request().query(), name);
  }

  private ServerResponse signinToken(AwsCall call) {
    Credential credential = credential(call);
    if (credential == null || !mayHave(credential, parameter(call, "SessionDuration"))) {
      return ServerResponse.of(400, "text/plain", "Invalid credentials parameter");
    }
    String token = secrets.urlSafe(400);
    tokens.put(token, new SigninToken(credential, call.now().plus(TOKEN)));
    return ServerResponse.json(200, new JsonObject().with("SigninToken", token));
  }

  /** Null for credentials that aren't valid. */
  private @Nullable Credential credential(AwsCall call) {
    JsonNode session;
    try {
      session = StrictJson.read(parameter(call, "Session").orElse(""));
    } catch (JsonProcessingException e) {
      return null;
    }
    return iam.credential(session.path("sessionId").asText())
        .filter(known -> known.key().secret().equals(session.path("sessionKey").asText()))
        .filter(known -> session.path("sessionToken").asText().equals(known.key().sessionToken()))
        .filter(known -> !known.isExpired(call.now()))
        .orElse(null);
  }

  private static boolean mayHave(Credential credential, Optional<String> duration) {
    Kind kind = credential.principal().kind();
    if (!Set.of(Kind.ROLE, Kind.CHAINED_ROLE, Kind.FEDERATED).contains(kind)) {
      // Those of users: they have no console but by GetFederationToken.
      return false;
    }
    return duration.isEmpty()
        || (kind == Kind.ROLE
            && duration.get().matches("[0-9]{3,5}")
            && Integer.parseInt(duration.get()) >= 900
            && Integer.parseInt(duration.get()) <= 43200);
  }

  private ServerResponse login(AwsCall call) {
    SigninToken token = tokens.get(parameter(call, "SigninToken").orElse(""));
    String page = parameter(call, "Destination").orElse("");
    if (token == null
        || !call.now().isBefore(token.ends())
        || parameter(call, "Issuer").isEmpty()) {
      return LoopbackPage.sentence(400, "The sign-in token isn't valid.");
    }
    if (!page.matches("https://([a-z0-9-]+\\.)*(console|health|support)\\.[^ \"<>]+")) {
      return LoopbackPage.sentence(400, "The destination isn't a page of the console.");
    }
    String arn = token.credential().principal().arn();
    String cookies = call.request().header("cookie").orElse("");
    if (cookies.contains(COOKIE) && !cookies.contains(COOKIE + cookie(arn))) {
      return LoopbackPage.sentence(200, "You must first log out of the console.");
    }
    return LoopbackPage.sentence(
            200, "Signed in to the console as " + arn + ", at " + page.replace("&", "&amp;"))
        .header("Set-Cookie", COOKIE + cookie(arn) + "; Path=/; HttpOnly");
  }

  private static String cookie(String arn) {
    return arn.replaceAll("[^A-Za-z0-9]", "-");
  }
}
