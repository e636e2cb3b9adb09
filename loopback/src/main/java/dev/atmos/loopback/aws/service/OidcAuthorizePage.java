package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.service.SsoOidc.Client;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerRequest.Parameter;
import dev.atmos.loopback.http.ServerResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The page on which a user says yes or no to a program that waits on this machine for the answer
 * (RFC 6749, section 4.1.1; RFC 7636; RFC 8252, section 7.3). AWS spells {@code scopes} in the
 * plural.
 */
public final class OidcAuthorizePage implements AwsService {
  private final SsoOidc oidc;

  public OidcAuthorizePage(SsoOidc oidc) {
    this.oidc = oidc;
  }

  @Override
  public ServerResponse perform(AwsCall call) {
    ServerRequest request = call.request();
    boolean post = request.method().equals("POST");
    List<Parameter> parameters = post ? request.form() : request.query();
    Client client = oidc.client(text(parameters, "client_id"), call.now()).orElse(null);
    String redirect = text(parameters, "redirect_uri");
    // Of these two, no redirect tells the client: it would go to who knows where.
    if (client == null || !client.mayUse("authorization_code")) {
      return LoopbackPage.sentence(400, "This program isn't registered.");
    }
    if (!isRegistered(client, redirect)) {
      return LoopbackPage.sentence(400, "This program isn't registered with that redirect URI.");
    }
    String state = text(parameters, "state");
    String challenge = text(parameters, "code_challenge");
    if (!text(parameters, "response_type").equals("code")) {
      return refusal(redirect, state, "unsupported_response_type");
    }
    if (!text(parameters, "code_challenge_method").equals("S256")
        || !challenge.matches("[A-Za-z0-9_-]{43}")) {
      return refusal(redirect, state, "invalid_request");
    }
    if (!client.scopes().containsAll(Set.of(text(parameters, "scopes").split(" ", -1)))) {
      return refusal(redirect, state, "invalid_scope");
    }
    IdentityCenterInstance center = oidc.centerOf(client);
    Optional<String> chosen =
        post ? ServerRequest.first(parameters, "user") : center.userWhoAllowsAtOnce();
    if (post && !text(parameters, "choice").equals("allow")) {
      return refusal(redirect, state, "access_denied");
    }
    return chosen.isEmpty()
        ? LoopbackPage.form(
            "/authorize",
            "A program on this machine asks to sign in.",
            parameters,
            center.firstUser().orElse("user"))
        : redirect(
            redirect,
            "code",
            oidc.codes().issue(chosen.get(), client.id(), redirect, challenge, call.now()),
            state);
  }

  /** RFC 8252, section 7.3: of a redirect to this machine, the port may be any. */
  private static boolean isRegistered(Client client, String redirect) {
    return client
        .redirects()
        .contains(redirect.replaceFirst("^(http://127\\.0\\.0\\.1):[0-9]+/", "$1/"));
  }

  private static ServerResponse refusal(String redirect, String state, String error) {
    return redirect(redirect, "error", error, state);
  }

  private static ServerResponse redirect(String to, String name, String value, String state) {
    String query = "?" + name + "=" + encoded(value) + "&state=" + encoded(state);
    return ServerResponse.of(302, "text/plain", "").header("Location", to + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String text(List<Parameter> parameters, String name) {
    return ServerRequest.first(parameters, name).orElse("");
  }
}
