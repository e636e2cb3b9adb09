package dev.atmos.aws.identity.user;

import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import java.util.Map;
import java.util.Optional;

/**
 * An {@code aws/user} whose key needs a code of its MFA device. {@link MfaSession} makes a session
 * of both. A class of its own, so that a token with live credentials loads nothing of the AWS SDK.
 */
final class MfaUser implements Identity {
  private final Definition definition;
  private final Services services;
  private final AwsCredentials key;
  private final String device;

  /**
   * A user with an MFA device.
   *
   * @param key the user's own
   * @param device the MFA device's ARN or serial number
   */
  MfaUser(Definition definition, Services services, AwsCredentials key, String device) {
    this.definition = definition;
    this.services = services;
    this.key = key;
    this.device = device;
  }

  @Override
  public Optional<Map<String, String>> cacheKey() {
    return Optional.of(
        definition.values(
            UserIdentityType.KEY_ID,
            UserIdentityType.MFA_ARN,
            UserIdentityType.SESSION_DURATION,
            UserIdentityType.REGION,
            EndpointUrl.PATH));
  }

  @Override
  public Optional<String> region() {
    return definition.text(UserIdentityType.REGION);
  }

  @Override
  public AwsCredentials grant(StepRequest request) {
    SignInDialog dialog =
        request.dialogOr("an MFA code of " + DisplayNames.quoted(definition.name()) + " is needed");
    return new MfaSession(definition, services, request, key, device).credentials(dialog);
  }
}
