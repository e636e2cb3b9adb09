package dev.atmos.aws.identity.support;

import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.services.system.CallbackRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A sign-in in a browser on this machine, which brings the answer to 127.0.0.1. Whoever else gets
 * to see the answer can't use it, because it is worth nothing without the verifier, which never
 * leaves this process but for AWS.
 *
 * @param <T> what a code is exchanged for
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636, PKCE</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252">RFC 8252, OAuth 2.0 for Native Apps</a>
 */
public final class BrowserFlow<T> {
  /** Where the answer goes, at a port that is free at that moment. */
  public static final String REDIRECT_URI = "http://127.0.0.1" + CallbackPage.PATH;

  /** As long as the AWS CLI waits. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** How long a key that is pressed may go unnoticed. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Services services;
  private final AuthorizationServer<T> server;
  private final CallbackListener listener;
  private final Pkce pkce = Pkce.random();

  /** A sign-in whose answer comes to that listener. */
  public BrowserFlow(Services services, AuthorizationServer<T> server, CallbackListener listener) {
    this.services = services;
    this.server = server;
    this.listener = listener;
  }

  /**
   * Signs in.
   *
   * @return empty if the user has asked for a device code instead
   * @throws AtmosException if the user refuses, or no answer comes in time
   */
  public Optional<T> signIn(SignInDialog dialog) {
    SignInDialog.Waiting waiting =
        dialog.visit(
            SignInDialog.Page.of(server.name(), server.page(pkce, redirectUri()))
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
          return Optional.of(redeemed(request.get(), answer));
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
    server.reject();
    throw server.late(
        "no answer came from the browser",
        "try again; or with --device, which works in a browser on any machine");
  }

  private String redirectUri() {
    return "http://" + host() + CallbackPage.PATH;
  }

  private String host() {
    return "127.0.0.1:" + listener.port();
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
    if (!pkce.state().equals(Secret.of(parameters.getOrDefault("state", "")))
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

  private T redeemed(CallbackRequest browser, Map<String, String> answer) {
    String error = answer.get("error");
    if (error != null) {
      browser.answer(200, CallbackPage.refused());
      if (error.equals("access_denied")) {
        throw server.refused();
      }
      server.reject();
      throw server.failed(
          "AWS answered " + (error.matches("[a-z_]{1,40}") ? error : "an error without a name"));
    }
    try {
      T made = server.redeem(answer.getOrDefault("code", ""), pkce, redirectUri());
      browser.answer(200, CallbackPage.signedIn());
      return made;
    } catch (AtmosException e) {
      browser.answer(502, CallbackPage.failed());
      throw e;
    }
  }
}
