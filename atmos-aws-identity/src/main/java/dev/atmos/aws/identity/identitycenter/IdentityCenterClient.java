package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsErrorCode;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.PrivateUrl;
import dev.atmos.aws.identity.identitycenter.SavedSignIn.ClientRegistration;
import dev.atmos.aws.identity.support.BrowserFlow;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.Services;
import dev.atmos.services.config.StartUrl;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.json.FlatJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssooidc.SsoOidcClient;
import software.amazon.awssdk.services.ssooidc.endpoints.SsoOidcEndpointProvider;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenRequest;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenResponse;
import software.amazon.awssdk.services.ssooidc.model.RegisterClientResponse;
import software.amazon.awssdk.services.ssooidc.model.SsoOidcException;
import software.amazon.awssdk.services.ssooidc.model.StartDeviceAuthorizationResponse;

/**
 * This program as a client of one IAM Identity Center: its calls, and what it keeps of the answers.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/Welcome.html">IAM
 *     Identity Center OIDC API</a>
 */
final class IdentityCenterClient implements AutoCloseable {
  private static final String REFRESH_GRANT = "refresh_token";
  private static final String SCOPE = "sso:account:access";

  /** How long a registration must be valid, so that it outlives the sign-in. */
  private static final int REGISTRATION_MARGIN_SECONDS = 3600;

  private static final int DEFAULT_TOKEN_SECONDS = 3600;

  /** A registration's secret is about 2 KiB long, a refresh token less. */
  private static final int MOST_STATE_BYTES = 16 * 1024;

  /** What a start URL is answered that the region doesn't know. */
  private static final String INVALID_REQUEST = "InvalidRequest";

  private static final Set<String> CLIENT_UNKNOWN = Set.of("InvalidClient", "UnauthorizedClient");
  private static final Set<String> GRANT_INVALID =
      Set.of("InvalidGrant", "ExpiredToken", "AccessDenied");

  private final Services services;
  private final StepRequest request;
  private final Definition definition;
  private final String name;
  private final String startUrl;
  private final AwsClients aws;
  private final AwsTarget target;
  private final SsoOidcClient oidc;
  private SavedSignIn saved;
  private ClientKind asking = ClientKind.DEVICE;

  IdentityCenterClient(Services services, StepRequest request, Definition definition) {
    this.services = services;
    this.request = request;
    this.definition = definition;
    this.name = DisplayNames.quoted(definition.name());
    this.startUrl =
        StartUrl.normalized(
            definition
                .endpoint(IdentityCenterType.START_URL)
                .orElseGet(() -> definition.requiredText(IdentityCenterType.START_URL)));
    this.aws = new AwsClients(services, AwsLimits.ofStep(request), this::keepRefreshToken);
    this.target =
        AwsTarget.of("SSO OIDC", definition.requiredText(IdentityCenterType.REGION))
            .at(EndpointUrl.of(definition, IdentityCenterType.FORMER_ENDPOINT_URL));
    this.saved = SavedSignIn.of(request.savedState());
    this.oidc = aws.client(SsoOidcClient.builder(), target, null);
  }

  Services services() {
    return services;
  }

  /** The provider's name. */
  String provider() {
    return definition.name();
  }

  // ---- registrations

  /** A registration that lives long enough for a sign-in. */
  ClientRegistration registration(ClientKind kind) {
    ClientRegistration client = known(kind);
    return client == null ? register(kind) : client;
  }

  private @Nullable ClientRegistration known(ClientKind kind) {
    ClientRegistration client = saved.registration(kind);
    Instant end = services.clock().instant().plusSeconds(REGISTRATION_MARGIN_SECONDS);
    return client != null && client.expiresAt().isAfter(end) ? client : null;
  }

  private ClientRegistration register(ClientKind kind) {
    Answer<RegisterClientResponse> answer =
        answer(
            "register with the IAM Identity Center of " + name,
            () ->
                oidc.registerClient(client -> {
                  client
                      .clientName("atmos")
                      .clientType("public")
                      .grantTypes(kind.grant(), REFRESH_GRANT)
                      .scopes(SCOPE);
                  if (kind == ClientKind.BROWSER) {
                    client.redirectUris(BrowserFlow.REDIRECT_URI).issuerUrl(startUrl);
                  }
                }),
            (_, code) -> code.equals(INVALID_REQUEST));
    RegisterClientResponse response = answer.response();
    if (response == null) {
      throw failures().unknownPortal(definition, startUrl);
    }
    ClientRegistration client =
        new ClientRegistration(
            response.clientId(),
            Secret.of(response.clientSecret()),
            until(response.clientSecretExpiresAt()));
    save(saved.with(kind, client));
    return client;
  }

  /** RFC 7591, section 3.2.1: zero means that it never expires. */
  private static Instant until(@Nullable Long epochSeconds) {
    long seconds = epochSeconds == null ? 0 : epochSeconds;
    return seconds <= 0 ? Instant.ofEpochSecond(253_402_300_799L) : Instant.ofEpochSecond(seconds);
  }

  /** Has the next sign-in register again. */
  void forget(ClientKind kind) {
    save(saved.with(kind, null));
  }

  /** The same, unless AWS has given a refresh token to this registration. */
  void forgetUnused(ClientKind kind) {
    if (saved.refreshToken(kind) == null) {
      forget(kind);
    }
  }

  // ---- calls

  /**
   * What AWS answers to a call.
   *
   * @param response null if AWS refused the call
   * @param refusal the error's code; empty if AWS didn't refuse
   */
  record Answer<T>(@Nullable T response, String refusal) {

    /** Whether AWS doesn't know the registration. */
    boolean isClientUnknown() {
      return CLIENT_UNKNOWN.contains(refusal);
    }

    @Override
    public String toString() {
      return "Answer[" + refusal + "]";
    }
  }

  /** Starts a device authorization, with a new registration where AWS has forgotten the old one. */
  Answer<StartDeviceAuthorizationResponse> startDevice() {
    boolean isOld = known(ClientKind.DEVICE) != null;
    Answer<StartDeviceAuthorizationResponse> started = startDevice(registration(ClientKind.DEVICE));
    return isOld && started.isClientUnknown() ? startDevice(register(ClientKind.DEVICE)) : started;
  }

  private Answer<StartDeviceAuthorizationResponse> startDevice(ClientRegistration client) {
    Answer<StartDeviceAuthorizationResponse> answer =
        answer(
            "start the sign-in of " + name,
            () ->
                oidc.startDeviceAuthorization(start ->
                    start
                        .clientId(client.clientId())
                        .clientSecret(client.clientSecret().reveal())
                        .startUrl(startUrl)),
            (_, code) -> CLIENT_UNKNOWN.contains(code) || code.equals(INVALID_REQUEST));
    if (answer.refusal().equals(INVALID_REQUEST)) {
      throw failures().unknownPortal(definition, startUrl);
    }
    return answer;
  }

  /** Asks for a token by the grant of a kind of client, with the registration that has begun. */
  Answer<CreateTokenResponse> token(ClientKind kind, CreateTokenRequest.Builder grant) {
    ClientRegistration begun = saved.registration(kind);
    return token(
        "sign in to " + name,
        kind,
        begun == null ? register(kind) : begun,
        grant.grantType(kind.grant()));
  }

  private Answer<CreateTokenResponse> token(
      String what, ClientKind kind, ClientRegistration client, CreateTokenRequest.Builder grant) {
    CreateTokenRequest asked =
        grant.clientId(client.clientId()).clientSecret(client.clientSecret().reveal()).build();
    asking = kind;
    Answer<CreateTokenResponse> answer =
        answer(
            what,
            () -> oidc.createToken(asked),
            (status, code) -> (status == 400 && !code.isEmpty()) || CLIENT_UNKNOWN.contains(code));
    if (answer.isClientUnknown()) {
      forget(kind);
    }
    return answer;
  }

  /** A new token for the refresh token that was saved. */
  Token refresh() {
    boolean finished = false;
    for (ClientKind kind : ClientKind.values()) {
      ClientRegistration client = saved.registration(kind);
      Secret refreshToken = saved.refreshToken(kind);
      finished |= refreshToken != null;
      if (client != null
          && refreshToken != null
          && client.expiresAt().isAfter(services.clock().instant())) {
        return refresh(kind, client, refreshToken);
      }
    }
    // What a registration alone is left of, isn't known.
    throw finished
        ? failures().expired()
        : new AtmosException(
            ExitCode.SIGN_IN_REQUIRED,
            "the sign-in of " + name + " has expired, or was never finished");
  }

  private Token refresh(ClientKind kind, ClientRegistration client, Secret refreshToken) {
    request.reserveState(MOST_STATE_BYTES);
    Answer<CreateTokenResponse> answer =
        token(
            "renew the sign-in of " + name,
            kind,
            client,
            CreateTokenRequest.builder()
                .grantType(REFRESH_GRANT)
                .refreshToken(refreshToken.reveal()));
    if (GRANT_INVALID.contains(answer.refusal())) {
      save(saved.withRefreshToken(kind, null));
      throw failures().expired();
    }
    if (answer.isClientUnknown()) {
      throw failures().expired();
    }
    return issued(answer);
  }

  private <T> Answer<T> answer(
      String what, Supplier<T> call, BiPredicate<Integer, String> refuses) {
    return aws.call(
        what,
        () -> {
          try {
            return new Answer<>(call.get(), "");
          } catch (SsoOidcException e) {
            String code = AwsErrorCode.of(e).orElse("");
            if (refuses.test(e.statusCode(), code)) {
              return new Answer<>(null, code);
            }
            throw e;
          }
        });
  }

  // ---- answers

  /** Saves a new refresh token before anything else: the old one is no longer valid. */
  private void keepRefreshToken(byte[] answer) {
    Secret rotated =
        FlatJson.read(new String(answer, StandardCharsets.UTF_8), Secret::of)
            .map(members -> members.get("refreshToken"))
            .orElse(null);
    if (rotated != null && !rotated.isEmpty()) {
      save(saved.withRefreshToken(asking, rotated));
    }
  }

  /**
   * The token of an answer.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if there is none
   */
  Token issued(Answer<CreateTokenResponse> answer) {
    CreateTokenResponse response = answer.response();
    if (response == null || response.accessToken() == null || response.accessToken().isEmpty()) {
      throw failures()
          .failed(
              answer.refusal().isEmpty()
                  ? "AWS returned no token"
                  : "AWS answered " + answer.refusal());
    }
    Duration lifetime =
        seconds(
            response.expiresIn(),
            IdentityCenterType.sessionDuration(definition)
                .orElse(Duration.ofSeconds(DEFAULT_TOKEN_SECONDS)));
    return Token.of(
        Token.IDENTITY_CENTER,
        Secret.of(response.accessToken()),
        services.clock().instant().plus(lifetime));
  }

  static Duration seconds(@Nullable Integer seconds, Duration usual) {
    return seconds == null || seconds <= 0 ? usual : Duration.ofSeconds(seconds);
  }

  private void save(SavedSignIn changed) {
    saved = changed;
    request.saveState(saved.text());
  }

  // ---- failures

  /** Its failures, in words. */
  SignInFailures failures() {
    return new SignInFailures(name);
  }

  // ---- pages

  /** A URL that is safe to display and to open in a browser. */
  String checked(@Nullable String address) {
    SignInPages pages = SignInPages.of(List.of(PrivateUrl.of(startUrl), aws.endpoint(target)));
    if (address != null && pages.contains(address)) {
      return address;
    }
    throw new AtmosException(
        ExitCode.DENIED,
        "could not sign in to " + name + ": the sign-in page that was returned is not one of AWS's",
        "check where the region and the endpoint of " + name + " lead");
  }

  /** The URL of AWS's page that asks the user, without its query. */
  String authorizePage() {
    URI base =
        aws.endpoint(target).orElseGet(() -> aws.call("sign in to " + name, this::endpointOfAws));
    return base.toString().replaceFirst("/$", "") + "/authorize";
  }

  private URI endpointOfAws() {
    return SsoOidcEndpointProvider.defaultProvider()
        .resolveEndpoint(where ->
            where
                .region(Region.of(target.region()))
                .useFips(aws.usesFips())
                .useDualStack(aws.usesDualStack()))
        .join()
        .endpointUrl()
        .toUri();
  }

  /** What such a page is asked for. */
  static List<String> scopes() {
    return List.of(SCOPE);
  }

  @Override
  public void close() {
    oidc.close();
  }
}
