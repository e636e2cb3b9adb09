package dev.atmos.aws.identity.user;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.aws.identity.support.StsSupport;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import org.jspecify.annotations.Nullable;

/**
 * Makes a session in place of a user's key, with a code where the user has an MFA device.
 *
 * @param usualSeconds how long it lasts if the configuration doesn't say
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html">STS
 *     GetSessionToken</a>
 */
record UserSession(Definition definition, Services services, UserKey own, int usualSeconds) {

  AwsCredentials credentials(StepRequest request) {
    // Nothing of the AWS SDK is loaded before there is a code.
    return own.withCode(request, code -> session(request, code));
  }

  private AwsCredentials session(StepRequest request, @Nullable Secret code) {
    int seconds =
        StsSupport.seconds(
                definition,
                UserIdentityType.SESSION_DURATION,
                services.console(),
                UserIdentityType.LEAST_SECONDS,
                UserIdentityType.MOST_SECONDS)
            .orElse(usualSeconds);
    String region =
        definition.text(UserIdentityType.REGION).orElse(UserIdentityType.DEFAULT_REGION);
    return StsSupport.withInput(() ->
        StsSupport.credentials(
            new AwsClients(services, AwsLimits.ofStep(request)),
            AwsTarget.of("STS", region).at(EndpointUrl.of(definition)),
            own.key(),
            "get a session of identity " + DisplayNames.quoted(definition.name()),
            sts ->
                sts.getSessionToken(call ->
                        call.serialNumber(own.device())
                            .tokenCode(code == null ? null : code.reveal())
                            .durationSeconds(seconds))
                    .credentials()));
  }
}
