package dev.atmos.aws.identity.ambient;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.identity.support.MfaPrompt;
import dev.atmos.aws.identity.support.StsSupport;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.text.ShellQuoting;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * The role of a profile.
 *
 * @param selected the profile that the variables choose, which has the region of all calls
 * @param profile the profile with the role
 * @param source what the role is assumed with
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html">Assume
 *     role credential provider</a>
 */
record ProfileRole(
    AmbientEnvironment environment, AwsProfile selected, AwsProfile profile, AmbientSource source)
    implements AmbientSource {
  private static final String SESSION = "role_session_name";
  private static final String EXTERNAL_ID = "external_id";
  private static final String DURATION = "duration_seconds";
  private static final String DEVICE = "mfa_serial";
  private static final String[] DECISIVE = {
    AmbientSources.ROLE, SESSION, EXTERNAL_ID, DURATION, DEVICE, "credential_source", "endpoint_url"
  };

  @Override
  public Map<String, String> key() {
    Map<String, String> key = new TreeMap<>();
    for (String property : DECISIVE) {
      String value = profile.field(property);
      key.put(property, value == null ? "" : value);
    }
    Map<String, String> below = source.key();
    if (below != null) {
      below.forEach((property, value) -> key.put("source." + property, value));
    }
    return key;
  }

  @Override
  public boolean isMade() {
    return true;
  }

  @Override
  public AwsCredentials credentials(StepRequest request) {
    String device = profile.field(DEVICE);
    if (device == null) {
      return assumed(request, source.credentials(request), null, null);
    }
    SignInDialog dialog = request.dialog().orElseThrow(this::needsCode);
    AwsCredentials key = source.credentials(request);
    return new MfaPrompt(environment.services().console(), dialog, profile.described(), device)
        .withCode(code -> assumed(request, key, device, code));
  }

  private AtmosException needsCode() {
    return environment.failure(
        ExitCode.SIGN_IN_REQUIRED,
        "an MFA code of " + profile.described() + " is needed",
        environment.identity() == null
            ? "run, with AWS_PROFILE=" + ShellQuoting.word(selected.name()) + ": atmos auth login"
            : null);
  }

  private AwsCredentials assumed(
      StepRequest request, AwsCredentials key, @Nullable String device, @Nullable Secret code) {
    String role = String.valueOf(profile.field(AmbientSources.ROLE));
    String session = profile.field(SESSION);
    String name =
        session == null
            ? "atmos-" + environment.services().clock().instant().getEpochSecond()
            : session;
    AssumeRoleRequest asked =
        AssumeRoleRequest.builder()
            .roleArn(role)
            .roleSessionName(StsSupport.sessionName(name))
            .externalId(profile.field(EXTERNAL_ID))
            .durationSeconds(seconds())
            .serialNumber(device)
            .tokenCode(code == null ? null : code.reveal())
            .build();
    AwsTarget target = ProfileTarget.sts(environment, selected, role);
    try {
      return StsSupport.credentials(
          new AwsClients(environment.services(), AwsLimits.ofStep(request)),
          target,
          key,
          "assume " + role + " of " + profile.described(),
          sts -> sts.assumeRole(asked).credentials());
    } catch (AtmosException e) {
      throw e.exitCode() == ExitCode.SIGN_IN_REQUIRED
          ? environment.failure(
              e.exitCode(), e.sentence(), "get new credentials for its source_profile")
          : e;
    }
  }

  /** Null where it isn't a number, which the AWS CLI passes over, too. */
  private @Nullable Integer seconds() {
    String written = profile.field(DURATION);
    try {
      return written == null ? null : Integer.valueOf(written);
    } catch (NumberFormatException e) {
      environment
          .services()
          .console()
          .debug(DURATION + " of " + profile.described() + " is not a number of seconds");
      return null;
    }
  }
}
