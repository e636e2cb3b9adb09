package dev.atmos.aws.identity.ambient;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.identity.support.StsSupport;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A role that is assumed with the token in a file.
 *
 * @param source the variable or property that names the file, for messages
 * @param made whether it is the profile's, so that its credentials may be cached
 */
record WebIdentity(
    AmbientEnvironment environment,
    AwsProfile profile,
    String source,
    String tokenFile,
    String role,
    @Nullable String session,
    boolean made)
    implements AmbientSource {
  static final String FILE_VARIABLE = "AWS_WEB_IDENTITY_TOKEN_FILE";
  private static final String ROLE_VARIABLE = "AWS_ROLE_ARN";
  private static final String SESSION_VARIABLE = "AWS_ROLE_SESSION_NAME";
  private static final String SESSION = "role_session_name";

  /**
   * The web identity of a profile; each variable comes before its property.
   *
   * @param variables whether the variables count
   */
  static WebIdentity of(AmbientEnvironment environment, AwsProfile profile, boolean variables) {
    String variable = variables ? environment.variable(FILE_VARIABLE) : null;
    String file = variable == null ? profile.field(AmbientSources.WEB_IDENTITY) : variable;
    String named = variables ? environment.variable(ROLE_VARIABLE) : null;
    String role = named == null ? profile.field(AmbientSources.ROLE) : named;
    if (role == null) {
      throw environment.failure(
          ExitCode.SIGN_IN_REQUIRED,
          variable == null
              ? profile.described() + " has web_identity_token_file without role_arn"
              : "AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not",
          "set both or neither");
    }
    String session = variables ? environment.variable(SESSION_VARIABLE) : null;
    return new WebIdentity(
        environment,
        profile,
        variable == null ? "web_identity_token_file of " + profile.described() : FILE_VARIABLE,
        String.valueOf(file),
        role,
        session == null ? profile.field(SESSION) : session,
        variable == null && named == null);
  }

  @Override
  public @Nullable Map<String, String> key() {
    if (!made) {
      return null;
    }
    Map<String, String> key = new TreeMap<>();
    key.put("role_arn", role);
    key.put("web_identity_token_file", tokenFile);
    key.put(SESSION, session == null ? "" : session);
    return key;
  }

  @Override
  public boolean isMade() {
    return made;
  }

  @Override
  public AwsCredentials credentials(StepRequest request) {
    Secret token = new NetworkSources(environment).file(source, tokenFile);
    String name =
        session == null
            ? "atmos-" + environment.services().clock().instant().getEpochSecond()
            : session;
    return StsSupport.credentials(
        new AwsClients(environment.services(), AwsLimits.ofStep(request)),
        ProfileTarget.sts(environment, profile, role),
        null,
        "assume " + role + " with the web identity of this environment",
        sts ->
            sts.assumeRoleWithWebIdentity(call ->
                    call.roleArn(role)
                        .roleSessionName(StsSupport.sessionName(name))
                        .webIdentityToken(token.reveal()))
                .credentials());
  }
}
