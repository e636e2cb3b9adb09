package dev.atmos.aws.identity.login;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.identity.support.AuthorizationServer;
import dev.atmos.aws.identity.support.BrowserFlow;
import dev.atmos.aws.identity.support.ConsoleDomain;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.aws.identity.support.IssuedCredentials;
import dev.atmos.aws.identity.support.MetadataHttp;
import dev.atmos.aws.identity.support.MetadataHttp.MetadataResponse;
import dev.atmos.aws.identity.support.Pkce;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.Services;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.json.FlatJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs in to the console, or renews such a sign-in. A browser on this machine brings the answer to
 * 127.0.0.1; any other shows a text, which the user enters.
 *
 * @see <a href="https://docs.aws.amazon.com/signin/latest/APIReference/Welcome.html">AWS Sign-In
 *     API</a>
 */
public final class ConsoleSignIn implements AuthorizationServer<AwsCredentials> {
  private static final String SAME_DEVICE = "arn:aws:signin:::devtools/same-device";
  private static final String CROSS_DEVICE = "arn:aws:signin:::devtools/cross-device";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_STATE_BYTES = 8192;

  /** The longest that AWS gives credentials for, should it not say. */
  private static final int USUAL_SECONDS = 900;

  private final Services services;
  private final StepRequest request;
  private final Definition definition;
  private final @Nullable String account;
  private final Optional<SignInDialog> user;
  private final String name;
  private final URI base;
  private final MetadataHttp http;
  private final DpopKey key = DpopKey.random();

  /**
   * A sign-in for one request, to which it saves what renews it.
   *
   * @param region whose sign-in page is used
   * @param account the only account to take; null for any
   * @param user the one to ask; empty to renew only
   */
  public ConsoleSignIn(
      Services services,
      StepRequest request,
      Definition definition,
      String region,
      @Nullable String account,
      Optional<SignInDialog> user) {
    this.services = services;
    this.request = request;
    this.definition = definition;
    this.account = account;
    this.user = user;
    this.name = DisplayNames.quoted(definition.name());
    this.base = base(region);
    this.http = new MetadataHttp(services, PATIENCE);
  }

  private URI base(String region) {
    services.policy().ifPresent(policy -> policy.requireRegion("a sign-in to the console", region));
    AwsTarget target = AwsTarget.of("Signin", region).at(EndpointUrl.of(definition));
    return new AwsClients(services, AwsLimits.ofStep(request))
        .endpoint(target)
        .orElseGet(
            () -> URI.create("https://" + region + ".signin." + ConsoleDomain.of(region).name()));
  }

  private URI at(String path) {
    return URI.create(base.toString().replaceFirst("/$", "") + path);
  }

  /**
   * The credentials.
   *
   * @throws AtmosException with {@link ExitCode#SIGN_IN_REQUIRED} if the user has to sign in and
   *     can't be asked, with {@link ExitCode#DENIED} if the user or AWS says no
   */
  public AwsCredentials grant() {
    if (user.isEmpty()) {
      return renewed();
    }
    if (user.get().hasLocalBrowser() && !user.get().prefersDeviceCode()) {
      Optional<AwsCredentials> made = inBrowser(user.get());
      if (made.isPresent()) {
        return made.get();
      }
    }
    return elsewhere(user.get());
  }

  // ---- in a browser on this machine

  private Optional<AwsCredentials> inBrowser(SignInDialog user) {
    try (CallbackListener listener = services.network().listen()) {
      return new BrowserFlow<>(services, this, listener).signIn(user);
    } catch (IOException e) {
      services
          .console()
          .say("can't listen on 127.0.0.1 (" + e.getMessage() + "), so a code takes its place");
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public String page(Pkce pkce, String redirectUri) {
    return page(SAME_DEVICE, pkce, redirectUri);
  }

  private String page(String clientId, Pkce pkce, String redirectUri) {
    return at("/v1/authorize")
        + "?response_type=code&client_id="
        + encoded(clientId)
        + "&state="
        + pkce.state().reveal()
        + "&code_challenge_method=SHA-256&scope=openid&redirect_uri="
        + encoded(redirectUri)
        + "&code_challenge="
        + pkce.challenge();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public AwsCredentials redeem(String code, Pkce pkce, String redirectUri) {
    return redeem(SAME_DEVICE, code, pkce, redirectUri);
  }

  // ---- in a browser elsewhere

  private AwsCredentials elsewhere(SignInDialog user) {
    Pkce pkce = Pkce.random();
    String redirectUri = at("/v1/sessions/confirmation").toString();
    user.visit(SignInDialog.Page.of(name(), page(CROSS_DEVICE, pkce, redirectUri))).close();
    Secret shown =
        user.askSecret("The code that the page shows")
            .orElseThrow(() ->
                new AtmosException(
                    ExitCode.SIGN_IN_REQUIRED, "no code was given for identity " + name));
    Map<String, String> answer = decoded(shown);
    if (!pkce.state().equals(Secret.of(answer.getOrDefault("state", "")))) {
      throw new AtmosException(
          ExitCode.USAGE,
          "that isn't the code of the sign-in to " + name,
          "copy the whole code from the page that this sign-in has opened");
    }
    return redeem(CROSS_DEVICE, answer.getOrDefault("code", ""), pkce, redirectUri);
  }

  /** A query string in base64; empty for anything else. */
  private static Map<String, String> decoded(Secret shown) {
    Map<String, String> parameters = new HashMap<>();
    try {
      byte[] bytes = Base64.getDecoder().decode(shown.reveal().strip());
      for (String pair : new String(bytes, StandardCharsets.UTF_8).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          parameters.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
    return parameters;
  }

  // ---- tokens

  private AwsCredentials redeem(String clientId, String code, Pkce pkce, String redirectUri) {
    Map<String, Secret> members = new LinkedHashMap<>();
    members.put("clientId", Secret.of(clientId));
    members.put("grantType", Secret.of("authorization_code"));
    members.put("code", Secret.of(code));
    members.put("codeVerifier", pkce.verifier());
    members.put("redirectUri", Secret.of(redirectUri));
    MetadataResponse answer = ask(key, members);
    if (answer.status() != 200) {
      throw refusal(answer, "could not sign in to " + name);
    }
    Map<String, Secret> read = answer.members();
    String arn = subject(read.get("idToken"));
    if (account != null && !ConsoleSession.account(arn).equals(account)) {
      throw new AtmosException(
          ExitCode.DENIED,
          "the browser is signed in as "
              + DisplayNames.quoted(arn)
              + ", and "
              + name
              + " is in account "
              + account,
          "sign out of the console in the browser, and try again");
    }
    return kept(answer, new ConsoleSession(arn, clientId, Secret.of(""), key));
  }

  private AwsCredentials renewed() {
    ConsoleSession session = ConsoleSession.of(request.savedState());
    if (session == null) {
      throw over("is not signed in");
    }
    Map<String, Secret> members = new LinkedHashMap<>();
    members.put("clientId", Secret.of(session.clientId()));
    members.put("grantType", Secret.of("refresh_token"));
    members.put("refreshToken", session.refreshToken());
    request.reserveState(MOST_STATE_BYTES);
    MetadataResponse answer = ask(session.key(), members);
    if (answer.status() == 200) {
      return kept(answer, session);
    }
    if (answer.status() >= 500 || answer.status() == 429) {
      throw refusal(answer, "could not renew the sign-in of " + name);
    }
    // AWS has no other answer for a session that is over (INVALID_REQUEST among them).
    request.saveState(null);
    throw over(
        error(answer).equals("USER_CREDENTIALS_CHANGED")
            ? "has ended, because the password was changed"
            : "has ended");
  }

  private AtmosException over(String how) {
    return new AtmosException(
        ExitCode.SIGN_IN_REQUIRED, "the console session of " + name + " " + how);
  }

  private MetadataResponse ask(DpopKey signing, Map<String, Secret> members) {
    URI uri = at("/v1/token");
    Map<String, Secret> headers = new LinkedHashMap<>();
    headers.put("Content-Type", Secret.of("application/json"));
    headers.put("DPoP", signing.proof("POST", uri, services.clock().instant()));
    Secret body = Secret.of(FlatJson.write(members, Secret::reveal));
    return http.ask("AWS Sign-In", "POST", uri, headers, body);
  }

  /** Saves the new refresh token before anything else: the old one may no longer be valid. */
  private AwsCredentials kept(MetadataResponse answer, ConsoleSession session) {
    Map<String, Secret> members = answer.members();
    Secret refreshToken = members.get("refreshToken");
    if (refreshToken != null && !refreshToken.isEmpty()) {
      request.saveState(
          new ConsoleSession(session.arn(), session.clientId(), refreshToken, session.key())
              .text());
    }
    Map<String, Secret> token =
        FlatJson.read(answer.body().reveal(), "accessToken", Secret::of).orElse(Map.of());
    return IssuedCredentials.of(
        "sign in to " + name,
        text(token.get("accessKeyId")),
        text(token.get("secretAccessKey")),
        text(token.get("sessionToken")),
        services.clock().instant().plusSeconds(seconds(members.get("expiresIn"))));
  }

  private static @Nullable String text(@Nullable Secret secret) {
    return secret == null ? null : secret.reveal();
  }

  private static int seconds(@Nullable Secret number) {
    String text = number == null ? "" : number.reveal();
    return text.matches("[1-9][0-9]{0,2}")
        ? Math.min(Integer.parseInt(text), USUAL_SECONDS)
        : USUAL_SECONDS;
  }

  /** Whose session it is. AWS has sent it over TLS, so that its signature says nothing more. */
  private static String subject(@Nullable Secret idToken) {
    String[] parts = idToken == null ? new String[0] : idToken.reveal().split("\\.", -1);
    if (parts.length != 3) {
      return "";
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
      return FlatJson.read(new String(payload, StandardCharsets.UTF_8), Secret::of)
          .map(claims -> text(claims.get("sub")))
          .orElse("");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  // ---- failures

  private static String error(MetadataResponse answer) {
    Secret error = answer.members().get("error");
    String code = error == null ? "" : error.reveal();
    return code.matches("[A-Za-z_]{1,40}") ? code : "";
  }

  private AtmosException refusal(MetadataResponse answer, String what) {
    String code = error(answer);
    if (code.equals("INSUFFICIENT_PERMISSIONS")) {
      return new AtmosException(
          ExitCode.DENIED,
          what + ": the user may not sign in from programs",
          "ask an administrator for the policy SignInLocalDevelopmentAccess");
    }
    String why =
        code.isEmpty() ? "AWS answered with status " + answer.status() : "AWS answered " + code;
    boolean isBusy = answer.status() >= 500 || answer.status() == 429;
    return new AtmosException(
        isBusy ? ExitCode.UNAVAILABLE : ExitCode.FAILED, what + ": " + why, "try again");
  }

  @Override
  public AtmosException refused() {
    return new AtmosException(
        ExitCode.DENIED, "the sign-in of " + name + " was refused in the browser");
  }

  @Override
  public AtmosException failed(String why) {
    return new AtmosException(
        ExitCode.FAILED, "could not sign in to " + name + ": " + why, "try again");
  }

  @Override
  public AtmosException late(String what, String fix) {
    return new AtmosException(
        ExitCode.SIGN_IN_REQUIRED, "sign-in to " + name + " timed out: " + what, fix);
  }
}
