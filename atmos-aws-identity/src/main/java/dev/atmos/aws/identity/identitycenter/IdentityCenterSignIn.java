package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsErrorCode;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.PrivateUrl;
import dev.atmos.aws.identity.identitycenter.SavedSignIn.ClientRegistration;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.plugin.auth.SignInDialog;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssooidc.SsoOidcClient;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenRequest;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenResponse;
import software.amazon.awssdk.services.ssooidc.model.RegisterClientResponse;
import software.amazon.awssdk.services.ssooidc.model.SsoOidcException;
import software.amazon.awssdk.services.ssooidc.model.StartDeviceAuthorizationResponse;

/**
 * One sign-in to an IAM Identity Center: with the refresh token if the user can't be asked, else
 * with a device code that the user approves in a browser.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628">RFC 8628, Device Authorization Grant</a>
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/Welcome.html">IAM
 *     Identity Center OIDC API</a>
 */
final class IdentityCenterSignIn {
  private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final String REFRESH_GRANT = "refresh_token";

  /** How long a registration must be valid, so that it outlives the sign-in. */
  private static final int REGISTRATION_MARGIN_SECONDS = 3600;

  /** RFC 8628, section 3.2: the default. */
  private static final int DEFAULT_INTERVAL_SECONDS = 5;

  /** RFC 8628, section 3.5. */
  private static final int SLOWER_SECONDS = 5;

  private static final int DEFAULT_CODE_SECONDS = 600;
  private static final int DEFAULT_TOKEN_SECONDS = 3600;
  private static final int MOST_FAILED_POLLS = 3;

  /** A registration's secret is about 2 KiB long, a refresh token less. */
  private static final int MOST_STATE_BYTES = 16 * 1024;

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
  private SavedSignIn saved;

  IdentityCenterSignIn(Services services, StepRequest request, Definition definition) {
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
  }

  Token grant() {
    try (SsoOidcClient oidc = aws.client(SsoOidcClient.builder(), target, null)) {
      return request.dialog().isEmpty() ? refreshed(oidc) : approved(oidc, request.dialog().get());
    }
  }

  private Token refreshed(SsoOidcClient oidc) {
    ClientRegistration client = saved.registration();
    Secret refreshToken = saved.refreshToken();
    if (client == null
        || refreshToken == null
        || !client.expiresAt().isAfter(services.clock().instant())) {
      throw expired();
    }
    request.reserveState(MOST_STATE_BYTES);
    Answer<CreateTokenResponse> answer =
        token(
            oidc,
            "renew the sign-in of " + name,
            client,
            CreateTokenRequest.builder()
                .grantType(REFRESH_GRANT)
                .refreshToken(refreshToken.reveal()));
    if (CLIENT_UNKNOWN.contains(answer.refusal())) {
      save(null, null);
      throw expired();
    }
    if (GRANT_INVALID.contains(answer.refusal())) {
      save(client, null);
      throw expired();
    }
    return issued(answer);
  }

  private AtmosException expired() {
    return new AtmosException(ExitCode.SIGN_IN_REQUIRED, "the sign-in of " + name + " has expired");
  }

  private Token approved(SsoOidcClient oidc, SignInDialog dialog) {
    ClientRegistration known = known();
    ClientRegistration client = known == null ? register(oidc) : known;
    Answer<StartDeviceAuthorizationResponse> started = start(oidc, client);
    if (known != null && CLIENT_UNKNOWN.contains(started.refusal())) {
      client = register(oidc);
      started = start(oidc, client);
    }
    StartDeviceAuthorizationResponse device = started.response();
    if (device == null) {
      throw failed("AWS answered " + started.refusal());
    }
    String complete = device.verificationUriComplete();
    SignInDialog.Page page =
        SignInDialog.Page.of(definition.name(), checked(device.verificationUri()))
            .withCompleteAddress(complete == null ? null : checked(complete))
            .withCode(device.userCode())
            .withExpiry(services.clock().instant().plus(lifetime(device)));
    SignInDialog.Waiting waiting = dialog.visit(page);
    try {
      return poll(oidc, client, device);
    } finally {
      waiting.close();
    }
  }

  /** The saved registration, if it lives long enough for this sign-in; else null. */
  private @Nullable ClientRegistration known() {
    ClientRegistration client = saved.registration();
    Instant end = services.clock().instant().plusSeconds(REGISTRATION_MARGIN_SECONDS);
    return client != null && client.expiresAt().isAfter(end) ? client : null;
  }

  private ClientRegistration register(SsoOidcClient oidc) {
    RegisterClientResponse response =
        aws.call(
            "register with the IAM Identity Center of " + name,
            () ->
                oidc.registerClient(client ->
                    client
                        .clientName("atmos")
                        .clientType("public")
                        .grantTypes(DEVICE_GRANT, REFRESH_GRANT)
                        .scopes("sso:account:access")));
    ClientRegistration client =
        new ClientRegistration(
            response.clientId(),
            Secret.of(response.clientSecret()),
            until(response.clientSecretExpiresAt()));
    save(client, null);
    return client;
  }

  /** RFC 7591, section 3.2.1: zero means that it never expires. */
  private static Instant until(@Nullable Long epochSeconds) {
    long seconds = epochSeconds == null ? 0 : epochSeconds;
    return seconds <= 0 ? Instant.ofEpochSecond(253_402_300_799L) : Instant.ofEpochSecond(seconds);
  }

  private Answer<StartDeviceAuthorizationResponse> start(
      SsoOidcClient oidc, ClientRegistration client) {
    return answer(
        "start the sign-in of " + name,
        () ->
            oidc.startDeviceAuthorization(start ->
                start
                    .clientId(client.clientId())
                    .clientSecret(client.clientSecret().reveal())
                    .startUrl(startUrl)),
        (_, code) -> CLIENT_UNKNOWN.contains(code));
  }

  private static Duration lifetime(StartDeviceAuthorizationResponse device) {
    return seconds(device.expiresIn(), Duration.ofSeconds(DEFAULT_CODE_SECONDS));
  }

  private Token poll(
      SsoOidcClient oidc, ClientRegistration client, StartDeviceAuthorizationResponse device) {
    Duration end = services.sleeper().uptime().plus(lifetime(device));
    Duration interval = seconds(device.interval(), Duration.ofSeconds(DEFAULT_INTERVAL_SECONDS));
    int failed = 0;
    while (services.sleeper().uptime().plus(interval).compareTo(end) <= 0) {
      services.sleeper().pause(interval);
      Answer<CreateTokenResponse> answer;
      try {
        answer =
            token(
                oidc,
                "sign in to " + name,
                client,
                CreateTokenRequest.builder()
                    .grantType(DEVICE_GRANT)
                    .deviceCode(device.deviceCode()));
        failed = 0;
      } catch (AtmosException e) {
        failed++;
        if (e.exitCode() != ExitCode.UNAVAILABLE || failed == MOST_FAILED_POLLS) {
          throw e;
        }
        // RFC 8628, section 3.5: poll less often if the server doesn't answer.
        interval = interval.multipliedBy(2);
        continue;
      }
      switch (answer.refusal()) {
        case "" -> {
          return issued(answer);
        }
        case "AuthorizationPending" -> {}
        case "SlowDown" -> interval = interval.plusSeconds(SLOWER_SECONDS);
        case "AccessDenied" ->
            throw new AtmosException(
                ExitCode.DENIED, "the sign-in of " + name + " was refused in the browser");
        case "ExpiredToken" -> throw late();
        default -> {
          if (CLIENT_UNKNOWN.contains(answer.refusal())) {
            save(null, null);
          }
          throw failed("AWS answered " + answer.refusal());
        }
      }
    }
    throw late();
  }

  private AtmosException late() {
    return new AtmosException(
        ExitCode.SIGN_IN_REQUIRED,
        "sign-in to " + name + " timed out: the code expired before it was approved",
        "try again, and approve the code in the browser");
  }

  private AtmosException failed(String why) {
    return new AtmosException(
        ExitCode.FAILED, "could not sign in to " + name + ": " + why, "try again");
  }

  private Answer<CreateTokenResponse> token(
      SsoOidcClient oidc,
      String what,
      ClientRegistration client,
      CreateTokenRequest.Builder grant) {
    CreateTokenRequest asked =
        grant.clientId(client.clientId()).clientSecret(client.clientSecret().reveal()).build();
    return answer(
        what, () -> oidc.createToken(asked), (status, code) -> status == 400 && !code.isEmpty());
  }

  /**
   * What AWS answers to a call.
   *
   * @param response null if AWS refused the call
   * @param refusal the error's code; empty if AWS didn't refuse
   */
  private record Answer<T>(@Nullable T response, String refusal) {
    @Override
    public String toString() {
      return "Answer[" + refusal + "]";
    }
  }

  /**
   * Makes a call.
   *
   * @param refuses whether an error of this status and code is an answer, and not a failure
   */
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

  /** Saves a new refresh token before anything else: the old one is no longer valid. */
  private void keepRefreshToken(byte[] answer) {
    Secret rotated =
        FlatJson.read(new String(answer, StandardCharsets.UTF_8), Secret::of)
            .map(members -> members.get("refreshToken"))
            .orElse(null);
    if (rotated != null && !rotated.isEmpty()) {
      save(saved.registration(), rotated);
    }
  }

  private Token issued(Answer<CreateTokenResponse> answer) {
    CreateTokenResponse response = answer.response();
    if (response == null || response.accessToken() == null || response.accessToken().isEmpty()) {
      throw failed(
          answer.refusal().isEmpty()
              ? "AWS returned no token"
              : "AWS answered " + answer.refusal());
    }
    Duration lifetime =
        seconds(
            response.expiresIn(),
            definition
                .duration(IdentityCenterType.SESSION_DURATION)
                .orElse(Duration.ofSeconds(DEFAULT_TOKEN_SECONDS)));
    return Token.of(
        Token.IDENTITY_CENTER,
        Secret.of(response.accessToken()),
        services.clock().instant().plus(lifetime));
  }

  private void save(@Nullable ClientRegistration client, @Nullable Secret refreshToken) {
    saved = new SavedSignIn(client, refreshToken);
    request.saveState(saved.text());
  }

  private static Duration seconds(@Nullable Integer seconds, Duration usual) {
    return seconds == null || seconds <= 0 ? usual : Duration.ofSeconds(seconds);
  }

  /** A URL that is safe to display and to open in a browser. */
  private String checked(@Nullable String address) {
    Set<String> configured =
        Stream.of(PrivateUrl.of(startUrl), aws.endpoint(target))
            .flatMap(Optional::stream)
            .map(SignInPages::host)
            .collect(Collectors.toSet());
    if (address != null && new SignInPages(configured).contains(address)) {
      return address;
    }
    throw new AtmosException(
        ExitCode.DENIED,
        "could not sign in to " + name + ": the sign-in page that was returned is not one of AWS's",
        "check where the region and the endpoint of " + name + " lead");
  }
}
