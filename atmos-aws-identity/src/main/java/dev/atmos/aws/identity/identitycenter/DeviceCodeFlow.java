package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.identity.identitycenter.IdentityCenterClient.Answer;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import java.time.Duration;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenRequest;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenResponse;
import software.amazon.awssdk.services.ssooidc.model.StartDeviceAuthorizationResponse;

/**
 * A sign-in with a code that the user approves in a browser on any machine.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628">RFC 8628, Device Authorization Grant</a>
 */
final class DeviceCodeFlow {
  /** RFC 8628, section 3.2: the default. */
  private static final int DEFAULT_INTERVAL_SECONDS = 5;

  /** RFC 8628, section 3.5. */
  private static final int SLOWER_SECONDS = 5;

  private static final int DEFAULT_CODE_SECONDS = 600;
  private static final int MOST_FAILED_POLLS = 3;

  private final IdentityCenterClient client;
  private final Services services;

  DeviceCodeFlow(IdentityCenterClient client) {
    this.client = client;
    this.services = client.services();
  }

  Token signIn(SignInDialog dialog) {
    Answer<StartDeviceAuthorizationResponse> started = client.startDevice();
    StartDeviceAuthorizationResponse device = started.response();
    if (device == null) {
      throw client.failures().failed("AWS answered " + started.refusal());
    }
    String complete = device.verificationUriComplete();
    SignInDialog.Page page =
        SignInDialog.Page.of(client.provider(), client.checked(device.verificationUri()))
            .withCompleteAddress(complete == null ? null : client.checked(complete))
            .withCode(device.userCode())
            .withExpiry(services.clock().instant().plus(lifetime(device)));
    SignInDialog.Waiting waiting = dialog.visit(page);
    try {
      return poll(device);
    } finally {
      waiting.close();
    }
  }

  private static Duration lifetime(StartDeviceAuthorizationResponse device) {
    return IdentityCenterClient.seconds(
        device.expiresIn(), Duration.ofSeconds(DEFAULT_CODE_SECONDS));
  }

  private Token poll(StartDeviceAuthorizationResponse device) {
    Duration end = services.sleeper().uptime().plus(lifetime(device));
    Duration interval =
        IdentityCenterClient.seconds(
            device.interval(), Duration.ofSeconds(DEFAULT_INTERVAL_SECONDS));
    int failed = 0;
    while (services.sleeper().uptime().plus(interval).compareTo(end) <= 0) {
      services.sleeper().pause(interval);
      Answer<CreateTokenResponse> answer;
      try {
        answer =
            client.token(
                ClientKind.DEVICE, CreateTokenRequest.builder().deviceCode(device.deviceCode()));
        failed = 0;
      } catch (AtmosException e) {
        failed++;
        if (e.exitCode() != ExitCode.UNAVAILABLE || failed == MOST_FAILED_POLLS) {
          throw e;
        }
        // RFC 8628, section 3.5: poll less often if the server doesn't answer.
        interval = interval.plus(interval);
        continue;
      }
      switch (answer.refusal()) {
        case "AuthorizationPending" -> {}
        case "SlowDown" -> interval = interval.plusSeconds(SLOWER_SECONDS);
        case "AccessDenied" -> throw client.failures().refused();
        case "ExpiredToken" -> throw late();
        default -> {
          return client.issued(answer);
        }
      }
    }
    throw late();
  }

  private AtmosException late() {
    return client
        .failures()
        .late(
            "the code expired before it was approved",
            "try again, and approve the code in the browser");
  }
}
