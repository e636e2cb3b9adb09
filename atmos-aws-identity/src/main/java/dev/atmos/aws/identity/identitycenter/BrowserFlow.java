package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.identity.identitycenter.IdentityCenterClient.Answer;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.services.system.CallbackRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenRequest;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenResponse;

/**
 * A sign-in in a browser on this machine, which brings the answer to 127.0.0.1. Whoever else gets
 * to see the answer can't use it, because it is worth nothing without the verifier, which never
 * leaves this process but for AWS.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636, PKCE</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252">RFC 8252, OAuth 2.0 for Native Apps</a>
 */
final class BrowserFlow {
  /** As long as the AWS CLI waits. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** How long a key that is pressed may go unnoticed. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private static final int RANDOM_BYTES = 32;

  private final IdentityCenterClient client;
  private final Services services;
  private final CallbackListener listener;
  private final Secret verifier = random();
  private final Secret state = random();

  BrowserFlow(IdentityCenterClient client, CallbackListener listener) {
    this.client = client;
    this.services = client.services();
    this.listener = listener;
  }

  private static Secret random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Secret.of(base64(bytes));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Empty if the user has asked for a device code instead. */
  Optional<Token> signIn(SignInDialog dialog) {
    SignInDialog.Waiting waiting =
        dialog.visit(
            SignInDialog.Page.of(client.provider(), address())
                .withExpiry(services.clock().instant().plus(PATIENCE))
                .onThisMachine());
    try {
      Duration end = services.sleeper().uptime().plus(PATIENCE);
      while (services.sleeper().uptime().compareTo(end) < 0) {
        if (waiting.wantsDeviceCode()) {
          return Optional.empty();
        }
        Optional<CallbackRequest> request = listener.next(LOOK);
        Map<String, String> answer = request.isEmpty() ? Map.of() : answer(request.get());
        if (!answer.isEmpty()) {
          return Optional.of(token(request.get(), answer));
        }
        services.locks().progress();
      }
    } finally {
      waiting.close();
      // A tab that was opened twice, say.
      for (Optional<CallbackRequest> more = listener.next(Duration.ZERO);
          more.isPresent();
          more = listener.next(Duration.ZERO)) {
        more.get().answer(409, CallbackPage.over());
      }
    }
    // AWS shows an error page of its own to a browser that comes from a client it has forgotten.
    client.forgetUnused(ClientKind.BROWSER);
    throw client.late(
        "no answer came from the browser",
        "try again; or with --device, which works in a browser on any machine");
  }

  private String redirectUri() {
    return "http://" + host() + CallbackPage.PATH;
  }

  private String host() {
    return "127.0.0.1:" + listener.port();
  }

  private String address() {
    return client.authorizePage()
        + "?response_type=code&client_id="
        + encoded(client.registration(ClientKind.BROWSER).clientId())
        + "&redirect_uri="
        + encoded(redirectUri())
        + "&state="
        + state.reveal()
        + "&code_challenge_method=S256&scopes="
        + encoded(String.join(" ", IdentityCenterClient.scopes()))
        + "&code_challenge="
        + challenge();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** RFC 7636, section 4.2. */
  private String challenge() {
    try {
      byte[] ascii = verifier.reveal().getBytes(StandardCharsets.US_ASCII);
      return base64(MessageDigest.getInstance("SHA-256").digest(ascii));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The parameters of the answer to this sign-in; empty for anything else, which is refused. */
  private Map<String, String> answer(CallbackRequest request) {
    int question = request.target().indexOf('?');
    String path = question < 0 ? request.target() : request.target().substring(0, question);
    if (!path.equals(CallbackPage.PATH)) {
      request.answer(404, CallbackPage.notFound());
      return Map.of();
    }
    // By any other name, a page of somebody else's leads here.
    Map<String, String> parameters =
        request.method().equals("GET") && request.host().equals(host())
            ? parameters(request.target().substring(path.length()))
            : Map.of();
    if (!state.equals(Secret.of(parameters.getOrDefault("state", "")))
        || parameters.containsKey("code") == parameters.containsKey("error")) {
      request.answer(400, CallbackPage.notOurs());
      return Map.of();
    }
    return parameters;
  }

  /** Empty for what isn't a query, or gives a parameter twice. */
  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.substring(Math.min(1, query.length())).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      try {
        String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        if (parameters.put(name, value) != null) {
          return Map.of();
        }
      } catch (IllegalArgumentException e) {
        return Map.of();
      }
    }
    return parameters;
  }

  private Token token(CallbackRequest browser, Map<String, String> answer) {
    String error = answer.get("error");
    if (error != null) {
      browser.answer(200, CallbackPage.refused());
      if (error.equals("access_denied")) {
        throw client.refused();
      }
      client.forgetUnused(ClientKind.BROWSER);
      throw client.failed(
          "AWS answered " + (error.matches("[a-z_]{1,40}") ? error : "an error without a name"));
    }
    try {
      Answer<CreateTokenResponse> made =
          client.token(
              ClientKind.BROWSER,
              CreateTokenRequest.builder()
                  .code(answer.getOrDefault("code", ""))
                  .codeVerifier(verifier.reveal())
                  .redirectUri(redirectUri()));
      Token token = client.issued(made);
      browser.answer(200, CallbackPage.signedIn());
      return token;
    } catch (AtmosException e) {
      browser.answer(502, CallbackPage.failed());
      throw e;
    }
  }
}
