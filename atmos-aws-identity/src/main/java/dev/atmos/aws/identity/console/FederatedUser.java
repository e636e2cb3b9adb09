package dev.atmos.aws.identity.console;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.identity.support.AssumedByUser;
import dev.atmos.aws.identity.support.StsSupport;
import dev.atmos.aws.identity.user.UserKey;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.services.Services;
import dev.atmos.services.auth.WebConsole.Visit;
import java.time.Duration;

/**
 * Makes the credentials by which an IAM user visits the console: it takes neither the user's key
 * nor a session of it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html">STS
 *     GetFederationToken</a>
 */
record FederatedUser(Services services, Visit visit) implements Identity, AssumedByUser {
  private static final int LONGEST_NAME = 32;
  private static final Duration USUAL = Duration.ofHours(12);

  /** Without a policy, the session could do nothing; with this, what the user can. */
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":"
          + "[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

  /** STS gives such credentials to keys only, with or without MFA. */
  @Override
  public boolean needsKey() {
    return true;
  }

  @Override
  public Grant grant(StepRequest request) {
    UserKey own = (UserKey) request.input().orElseThrow();
    return own.withoutCode(() ->
        StsSupport.withInput(
            () -> credentials(new AwsClients(services, AwsLimits.ofStep(request)), own.key())));
  }

  AwsCredentials credentials(AwsClients aws, AwsCredentials key) {
    String wanted = visit.identity() == null ? "atmos" : visit.identity().name();
    String name = StsSupport.sessionName(wanted);
    Duration session = visit.session() == null ? USUAL : visit.session();
    return StsSupport.credentials(
        aws,
        AwsConsole.target(visit, "STS"),
        key,
        "get a session of " + AwsConsole.subject(visit) + " for the console",
        sts ->
            sts.getFederationToken(call ->
                    call.name(name.substring(0, Math.min(name.length(), LONGEST_NAME)))
                        .policy(POLICY)
                        .durationSeconds((int) session.toSeconds()))
                .credentials());
  }
}
