package dev.atmos.auth.aws;

import dev.atmos.auth.config.ProviderDefinition;
import dev.atmos.auth.config.ProviderDetails;
import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsErrorCode;
import dev.atmos.aws.AwsTarget;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.auth.ProviderSpec;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
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
 * One sign-in to an IAM Identity Center: by the refresh token where nobody is to be asked, else by
 * a code that somebody allows in a browser.
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

  /** For as long a registration has to be good, so that it outlives the sign-in that uses it. */
  private static final int REGISTRATION_MARGIN_SECONDS = 3600;

  /** RFC 8628, section 3.2: where the server doesn't say. */
  private static final int USUAL_INTERVAL_SECONDS = 5;

  /** RFC 8628, section 3.5. */
  private static final int SLOWER_SECONDS = 5;

  private static final int USUAL_CODE_SECONDS = 600;
  private static final int USUAL_TOKEN_SECONDS = 3600;
  private static final int MOST_FAILED_POLLS = 3;

  private static final Set<String> CLIENT_GONE = Set.of("InvalidClient", "UnauthorizedClient");
  private static final Set<String> GRANT_GONE =
      Set.of("InvalidGrant", "ExpiredToken", "AccessDenied");

  private final PluginContext context;
  private final StepRequest request;
  private final String name;
  private final ProviderDefinition definition;
  private final ProviderDetails.IamIdentityCenter center;
  private final AwsClients aws;
  private SsoState state;

  IdentityCenterSignIn(ProviderSpec spec, PluginContext context, StepRequest request) {
    this.context = context;
    this.request = request;
    this.name = DisplayNames.quoted(spec.name());
    this.definition = Definitions.of(spec);
    if (!(definition.details() instanceof ProviderDetails.IamIdentityCenter details)) {
      throw new IllegalStateException("another kind of provider");
    }
    this.center = details;
    this.aws = AwsCalls.of(context, request);
    this.state = SsoState.of(request.state());
  }

  Token grant() {
    Definitions.trusted(context, center.startUrl());
    AwsTarget target =
        AwsTarget.of("SSO OIDC", center.region())
            .at(Definitions.trusted(context, center.endpointUrl()));
    try (SsoOidcClient oidc = aws.client(SsoOidcClient.builder(), target, null)) {
      return request.dialog().isEmpty() ? refreshed(oidc) : allowed(oidc, request.dialog().get());
    }
  }

  private Token refreshed(SsoOidcClient oidc) {
    SsoState.Registration client = state.registration();
    Secret refreshToken = state.refreshToken();
    if (client == null
        || refreshToken == null
        || !client.expiresAt().isAfter(context.clock().instant())) {
      throw expired();
    }
    Answer answer =
        token(
            oidc,
            "renew the sign-in of " + name,
            client,
            CreateTokenRequest.builder()
                .grantType(REFRESH_GRANT)
                .refreshToken(refreshToken.reveal()));
    if (CLIENT_GONE.contains(answer.refusal())) {
      keep(SsoState.NONE);
      throw expired();
    }
    if (GRANT_GONE.contains(answer.refusal())) {
      keep(state.refreshedBy(null));
      throw expired();
    }
    return issued(answer);
  }

  private AtmosException expired() {
    return new AtmosException(ExitCode.SIGN_IN_REQUIRED, "the sign-in of " + name + " has expired");
  }

  private Token allowed(SsoOidcClient oidc, SignInDialog dialog) {
    SsoState.Registration known = known();
    SsoState.Registration client = known == null ? register(oidc) : known;
    Started started = start(oidc, client);
    if (known != null && CLIENT_GONE.contains(started.refusal())) {
      client = register(oidc);
      started = start(oidc, client);
    }
    StartDeviceAuthorizationResponse device = started.device();
    if (device == null) {
      throw failed("AWS answered " + started.refusal());
    }
    Duration lifetime = seconds(device.expiresIn(), Duration.ofSeconds(USUAL_CODE_SECONDS));
    SignInDialog.Page page =
        new SignInDialog.Page(
            definition.name(),
            shown(device.verificationUri()),
            device.verificationUriComplete() == null
                ? null
                : shown(device.verificationUriComplete()),
            device.userCode(),
            context.clock().instant().plus(lifetime));
    Duration interval = seconds(device.interval(), Duration.ofSeconds(USUAL_INTERVAL_SECONDS));
    SignInDialog.Waiting waiting = dialog.visit(page);
    try {
      return poll(oidc, client, device.deviceCode(), interval, lifetime);
    } finally {
      waiting.close();
    }
  }

  /** The registration that is there, if it is good for this sign-in; else null. */
  private SsoState.@Nullable Registration known() {
    SsoState.Registration client = state.registration();
    return client != null
            && client
                .expiresAt()
                .isAfter(context.clock().instant().plusSeconds(REGISTRATION_MARGIN_SECONDS))
        ? client
        : null;
  }

  private SsoState.Registration register(SsoOidcClient oidc) {
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
    SsoState.Registration client =
        new SsoState.Registration(
            response.clientId(),
            Secret.of(response.clientSecret()),
            until(response.clientSecretExpiresAt()));
    keep(state.with(client));
    return client;
  }

  /** RFC 7591, section 3.2.1: zero is for ever. */
  private static Instant until(@Nullable Long epochSeconds) {
    long seconds = epochSeconds == null ? 0 : epochSeconds;
    return seconds <= 0 ? Instant.ofEpochSecond(253_402_300_799L) : Instant.ofEpochSecond(seconds);
  }

  /**
   * A device authorization that has been started, or why it hasn't.
   *
   * @param refusal empty if it has
   */
  private record Started(@Nullable StartDeviceAuthorizationResponse device, String refusal) {}

  private Started start(SsoOidcClient oidc, SsoState.Registration client) {
    return aws.call(
        "start the sign-in of " + name,
        () -> {
          try {
            return new Started(
                oidc.startDeviceAuthorization(start ->
                    start
                        .clientId(client.clientId())
                        .clientSecret(client.clientSecret().reveal())
                        .startUrl(IdentityCenter.sameForAll(center.startUrl().text()))),
                "");
          } catch (SsoOidcException e) {
            String code = AwsErrorCode.of(e).orElse("");
            if (CLIENT_GONE.contains(code)) {
              return new Started(null, code);
            }
            throw e;
          }
        });
  }

  private Token poll(
      SsoOidcClient oidc,
      SsoState.Registration client,
      String deviceCode,
      Duration firstInterval,
      Duration lifetime) {
    Duration end = context.pauses().uptime().plus(lifetime);
    Duration interval = firstInterval;
    int failed = 0;
    while (context.pauses().uptime().plus(interval).compareTo(end) <= 0) {
      context.pauses().pause(interval);
      Answer answer;
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
        // RFC 8628, section 3.5: less often where the server doesn't answer.
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
          if (CLIENT_GONE.contains(answer.refusal())) {
            keep(SsoState.NONE);
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
        "nobody has allowed the sign-in of " + name + " before its code expired",
        "try again, and confirm the code in the browser");
  }

  private AtmosException failed(String why) {
    return new AtmosException(
        ExitCode.FAILED, "could not sign in to " + name + ": " + why, "try again");
  }

  /**
   * What a request for a token got.
   *
   * @param refusal the error's code; empty if there is a token
   */
  private record Answer(@Nullable CreateTokenResponse response, String refusal) {
    @Override
    public String toString() {
      return "Answer[" + refusal + "]";
    }
  }

  private Answer token(
      SsoOidcClient oidc,
      String what,
      SsoState.Registration client,
      CreateTokenRequest.Builder grant) {
    CreateTokenRequest asked =
        grant.clientId(client.clientId()).clientSecret(client.clientSecret().reveal()).build();
    return aws.call(
        what,
        () -> {
          try {
            return new Answer(oidc.createToken(asked), "");
          } catch (SsoOidcException e) {
            String code = AwsErrorCode.of(e).orElse("");
            if (e.statusCode() == 400 && !code.isEmpty()) {
              return new Answer(null, code);
            }
            throw e;
          }
        });
  }

  /** Keeps what is new before it is used: an old refresh token is good for nothing any more. */
  private Token issued(Answer answer) {
    CreateTokenResponse response = answer.response();
    if (response == null || response.accessToken() == null || response.accessToken().isEmpty()) {
      throw failed(
          answer.refusal().isEmpty()
              ? "there is no token in AWS's answer"
              : "AWS answered " + answer.refusal());
    }
    String rotated = response.refreshToken();
    if (rotated != null && !rotated.isEmpty()) {
      keep(state.refreshedBy(Secret.of(rotated)));
    }
    Duration usual = definition.sessionDuration();
    Duration lifetime =
        seconds(
            response.expiresIn(), usual == null ? Duration.ofSeconds(USUAL_TOKEN_SECONDS) : usual);
    return new Token(
        Token.IDENTITY_CENTER,
        Secret.of(response.accessToken()),
        context.clock().instant().plus(lifetime));
  }

  private void keep(SsoState other) {
    state = other;
    request.keep(other.text());
  }

  private static Duration seconds(@Nullable Integer seconds, Duration usual) {
    return seconds == null || seconds <= 0 ? usual : Duration.ofSeconds(seconds);
  }

  /** An address that is safe to show and to give to a browser. */
  private String shown(@Nullable String address) {
    if (address != null && isPlain(address)) {
      try {
        if (Http.isPrivate(new URI(address))) {
          return address;
        }
      } catch (URISyntaxException e) {
        // Told below.
      }
    }
    throw failed("AWS sends to an address that is none");
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
