package dev.atmos.aws.identity.ambient;

import dev.atmos.aws.identity.identitycenter.PortalSession;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The permission set of a profile that signs in at an access portal.
 *
 * @param values the properties of the profile and its session, by their names
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html">IAM
 *     Identity Center credential provider</a>
 */
record PortalRole(AmbientEnvironment environment, AwsProfile profile, Map<String, String> values)
    implements AmbientSource {
  private static final String SESSION = "sso_session";
  private static final String START_URL = "sso_start_url";
  private static final String REGION = "sso_region";
  private static final String ACCOUNT = "sso_account_id";
  private static final String ROLE = "sso_role_name";

  static PortalRole of(AmbientEnvironment environment, AwsProfile profile) {
    Map<String, String> values = new TreeMap<>();
    String session = profile.field(SESSION);
    Map<String, String> section = null;
    if (session != null) {
      values.put(SESSION, session);
      section = profile.files().content(false).ssoSessions().get(session);
      if (section == null) {
        throw environment.failure(
            ExitCode.USAGE,
            profile.described()
                + " names the sso-session "
                + DisplayNames.quoted(session)
                + ", which doesn't exist",
            "run: aws configure sso-session");
      }
    }
    List<String> missing = new ArrayList<>();
    for (String property : List.of(START_URL, REGION, ACCOUNT, ROLE)) {
      String own = profile.field(property);
      String shared = SharedFiles.field(section, property);
      if (own != null && shared != null && !own.equals(shared)) {
        throw environment.failure(
            ExitCode.USAGE,
            "%s of %s differs from that of its sso-session %s"
                .formatted(
                    property, profile.described(), DisplayNames.quoted(String.valueOf(session))),
            "leave it out of the profile");
      }
      String value = shared == null ? own : shared;
      if (value == null) {
        missing.add(property);
      } else {
        values.put(property, value);
      }
    }
    if (!missing.isEmpty()) {
      throw environment.failure(
          ExitCode.USAGE,
          profile.described()
              + " signs in at an access portal and has no "
              + DisplayNames.alternatives(missing),
          "run: aws configure sso --profile " + ShellQuoting.word(profile.name()));
    }
    return new PortalRole(environment, profile, values);
  }

  @Override
  public Map<String, String> key() {
    return values;
  }

  @Override
  public boolean isMade() {
    return true;
  }

  @Override
  public AwsCredentials credentials(StepRequest request) {
    PortalSession session =
        new PortalSession(
            environment.services(),
            request,
            profile.name(),
            values.getOrDefault(SESSION, value(START_URL)),
            value(START_URL),
            value(REGION));
    return session
        .atEndpoints(endpoint("SSO"), endpoint("SSO OIDC"))
        .credentials(value(ACCOUNT), value(ROLE))
        .orElseThrow(() ->
            environment.failure(
                ExitCode.SIGN_IN_REQUIRED,
                profile.described() + " is not signed in at its access portal",
                environment.identity() == null
                    ? "run: aws sso login --profile " + ShellQuoting.word(profile.name())
                    : null));
  }

  private @Nullable String endpoint(String service) {
    return ProfileTarget.endpoint(environment, profile, service);
  }

  private String value(String property) {
    return values.getOrDefault(property, "");
  }
}
