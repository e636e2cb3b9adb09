package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsErrorCode;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.identity.support.AwsCalls;
import dev.atmos.aws.identity.support.MetadataHttp;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
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
  static final String CLIENT_NAME = "atmos";
  static final String SCOPE = "sso:account:access";
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

  private static final Set<String> CLIENT_UNKNOWN = Set.of("InvalidClient", "UnauthorizedClient");
  private static final Set<String> GRANT_INVALID =
      Set.of("InvalidGrant", "ExpiredToken", "AccessDenied");

  /**
   * Where to sign in.
   *
   * @param provider the provider's name
   * @param startUrl in its normalized form
   * @param endpointUrl null for AWS's own
   * @param tokenLifetime what counts if AWS doesn't say how long a token lives; null for the
   *     default
   */
  record SignInTarget(
      String provider,
      String startUrl,
      String region,
      @Nullable String endpointUrl,
      @Nullable Duration tokenLifetime) {}

  private final Services services;
  private final StepRequest request;
  private final SignInTarget target;
  private final String name;
  private final AwsClients aws;
  private SavedSignIn saved;

  IdentityCenterSignIn(Services services, StepRequest request, SignInTarget target) {
    this.services = services;
    this.request = request;
    this.target = target;
    this.name = DisplayNames.quoted(target.provider());
    this.aws = AwsCalls.of(services, request);
    this.saved = SavedSignIn.of(request.savedState());
  }

  Token grant() {
    AwsTarget service = AwsTarget.of("SSO OIDC", target.region()).at(target.endpointUrl());
    try (SsoOidcClient oidc = aws.client(SsoOidcClient.builder(), service, null)) {
      return request.dialog().isEmpty() ? refreshed(oidc) : approved(oidc, request.dialog().get());
    }
  }

  private Token refreshed(SsoOidcClient oidc) {
    SavedSignIn.ClientRegistration client = saved.registration();
    Secret refreshToken = saved.refreshToken();
    if (client == null
        || refreshToken == null
        || !client.expiresAt().isAfter(services.clock().instant())) {
      throw expired();
    }
    TokenAnswer answer =
        token(
            oidc,
            "renew the sign-in of " + name,
            client,
            CreateTokenRequest.builder()
                .grantType(REFRESH_GRANT)
                .refreshToken(refreshToken.reveal()));
    if (CLIENT_UNKNOWN.contains(answer.refusal())) {
      save(SavedSignIn.NONE);
      throw expired();
    }
    if (GRANT_INVALID.contains(answer.refusal())) {
      save(saved.refreshedBy(null));
      throw expired();
    }
    return issued(answer);
  }

  private AtmosException expired() {
    return new AtmosException(ExitCode.SIGN_IN_REQUIRED, "the sign-in of " + name + " has expired");
  }

  private Token approved(SsoOidcClient oidc, SignInDialog dialog) {
    SavedSignIn.ClientRegistration known = known();
    SavedSignIn.ClientRegistration client = known == null ? register(oidc) : known;
    Started started = start(oidc, client);
    if (known != null && CLIENT_UNKNOWN.contains(started.refusal())) {
      client = register(oidc);
      started = start(oidc, client);
    }
    StartDeviceAuthorizationResponse device = started.device();
    if (device == null) {
      throw failed("AWS answered " + started.refusal());
    }
    Duration lifetime = seconds(device.expiresIn(), Duration.ofSeconds(DEFAULT_CODE_SECONDS));
    String complete = device.verificationUriComplete();
    SignInDialog.Page page =
        SignInDialog.Page.of(target.provider(), checked(device.verificationUri()))
            .withCompleteAddress(complete == null ? null : checked(complete))
            .withCode(device.userCode())
            .withExpiry(services.clock().instant().plus(lifetime));
    Duration interval = seconds(device.interval(), Duration.ofSeconds(DEFAULT_INTERVAL_SECONDS));
    SignInDialog.Waiting waiting = dialog.visit(page);
    try {
      return poll(oidc, client, device.deviceCode(), interval, lifetime);
    } finally {
      waiting.close();
    }
  }

  /** The saved registration, if it lives long enough for this sign-in; else null. */
  private SavedSignIn.@Nullable ClientRegistration known() {
    SavedSignIn.ClientRegistration client = saved.registration();
    return client != null
            && client
                .expiresAt()
                .isAfter(services.clock().instant().plusSeconds(REGISTRATION_MARGIN_SECONDS))
        ? client
        : null;
  }

  private SavedSignIn.ClientRegistration register(SsoOidcClient oidc) {
    RegisterClientResponse response =
        aws.call(
            "register with the IAM Identity Center of " + name,
            () ->
                oidc.registerClient(client ->
                    client
                        .clientName(CLIENT_NAME)
                        .clientType("public")
                        .grantTypes(DEVICE_GRANT, REFRESH_GRANT)
                        .scopes(SCOPE)));
    SavedSignIn.ClientRegistration client =
        new SavedSignIn.ClientRegistration(
            response.clientId(),
            Secret.of(response.clientSecret()),
            until(response.clientSecretExpiresAt()));
    save(saved.with(client));
    return client;
  }

  /** RFC 7591, section 3.2.1: zero means that it never expires. */
  private static Instant until(@Nullable Long epochSeconds) {
    long seconds = epochSeconds == null ? 0 : epochSeconds;
    return seconds <= 0 ? Instant.ofEpochSecond(253_402_300_799L) : Instant.ofEpochSecond(seconds);
  }

  /**
   * A device authorization, or the error code if AWS refused to start it.
   *
   * @param refusal empty if it was started
   */
  private record Started(@Nullable StartDeviceAuthorizationResponse device, String refusal) {}

  private Started start(SsoOidcClient oidc, SavedSignIn.ClientRegistration client) {
    return aws.call(
        "start the sign-in of " + name,
        () -> {
          try {
            return new Started(
                oidc.startDeviceAuthorization(start ->
                    start
                        .clientId(client.clientId())
                        .clientSecret(client.clientSecret().reveal())
                        .startUrl(target.startUrl())),
                "");
          } catch (SsoOidcException e) {
            String code = AwsErrorCode.of(e).orElse("");
            if (CLIENT_UNKNOWN.contains(code)) {
              return new Started(null, code);
            }
            throw e;
          }
        });
  }

  private Token poll(
      SsoOidcClient oidc,
      SavedSignIn.ClientRegistration client,
      String deviceCode,
      Duration firstInterval,
      Duration lifetime) {
    Duration end = services.sleeper().uptime().plus(lifetime);
    Duration interval = firstInterval;
    int failed = 0;
    while (services.sleeper().uptime().plus(interval).compareTo(end) <= 0) {
      services.sleeper().pause(interval);
      TokenAnswer answer;
      try {
        answer =
            token(
                oidc,
                "sign in to " + name,
                client,
                CreateTokenRequest.builder().grantType(DEVICE_GRANT).deviceCode(deviceCode));
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
            save(SavedSignIn.NONE);
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

  /**
   * The answer to a request for a token.
   *
   * @param refusal the error's code; empty if there is a token
   */
  private record TokenAnswer(@Nullable CreateTokenResponse response, String refusal) {
    @Override
    public String toString() {
      return "TokenAnswer[" + refusal + "]";
    }
  }

  private TokenAnswer token(
      SsoOidcClient oidc,
      String what,
      SavedSignIn.ClientRegistration client,
      CreateTokenRequest.Builder grant) {
    CreateTokenRequest asked =
        grant.clientId(client.clientId()).clientSecret(client.clientSecret().reveal()).build();
    return aws.call(
        what,
        () -> {
          try {
            return new TokenAnswer(oidc.createToken(asked), "");
          } catch (SsoOidcException e) {
            String code = AwsErrorCode.of(e).orElse("");
            if (e.statusCode() == 400 && !code.isEmpty()) {
              return new TokenAnswer(null, code);
            }
            throw e;
          }
        });
  }

  /** Saves a new refresh token before anything else: the old one is no longer valid. */
  private Token issued(TokenAnswer answer) {
    CreateTokenResponse response = answer.response();
    if (response == null || response.accessToken() == null || response.accessToken().isEmpty()) {
      throw failed(
          answer.refusal().isEmpty()
              ? "AWS returned no token"
              : "AWS answered " + answer.refusal());
    }
    String rotated = response.refreshToken();
    if (rotated != null && !rotated.isEmpty()) {
      save(saved.refreshedBy(Secret.of(rotated)));
    }
    Duration usual = target.tokenLifetime();
    Duration lifetime =
        seconds(
            response.expiresIn(),
            usual == null ? Duration.ofSeconds(DEFAULT_TOKEN_SECONDS) : usual);
    return Token.of(
        Token.IDENTITY_CENTER,
        Secret.of(response.accessToken()),
        services.clock().instant().plus(lifetime));
  }

  private void save(SavedSignIn other) {
    saved = other;
    request.saveState(other.text());
  }

  private static Duration seconds(@Nullable Integer seconds, Duration usual) {
    return seconds == null || seconds <= 0 ? usual : Duration.ofSeconds(seconds);
  }

  /** A URL that is safe to display and to open in a browser. */
  private String checked(@Nullable String address) {
    if (address != null && isPlain(address)) {
      try {
        if (MetadataHttp.isPrivate(new URI(address))) {
          return address;
        }
      } catch (URISyntaxException e) {
        // Reported below.
      }
    }
    throw failed("AWS returned an invalid sign-in URL");
  }

  private static boolean isPlain(String address) {
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) <= ' ' || address.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
