package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Finds the source of the environment's credentials, by the order of the AWS CLI: the variables of
 * the keys, the role of the profile, a web identity, the profile's other fields, a container, and
 * an instance, which only an identity asks for. On the token path, so that each class that isn't
 * for keys is named where it is needed and nowhere else.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html">AWS
 *     SDKs and Tools, standardized credential providers</a>
 */
final class AmbientSources {
  private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
  private static final String EXPIRATION = "AWS_CREDENTIAL_EXPIRATION";
  static final String ROLE = "role_arn";
  static final String WEB_IDENTITY = "web_identity_token_file";
  private static final String PROFILE_KEY_ID = "aws_access_key_id";
  private static final String PROFILE_SECRET_KEY = "aws_secret_access_key";
  private static final String[] EXPIRY_FIELDS = {
    // saml2aws and those who followed it; aws-azure-login; gsts and others.
    "x_security_token_expires", "aws_expiration", "aws_session_expiration"
  };

  private final AmbientEnvironment environment;

  AmbientSources(AmbientEnvironment environment) {
    this.environment = environment;
  }

  /** The source; fails if there is none, and asks none. */
  AmbientSource find() {
    AmbientSource keys = ofVariables();
    if (keys != null) {
      return keys;
    }
    AwsProfile profile = new SharedFiles(environment).selected();
    if (isRole(profile)) {
      return new RoleResolver(environment, this, profile).of(profile);
    }
    AmbientSource found = ofProfile(profile, true);
    if (found != null) {
      return found;
    }
    if (environment.variable(NetworkSources.RELATIVE_URI, NetworkSources.FULL_URI) != null) {
      return new WorkloadSource(new NetworkSources(environment)::container);
    }
    if (environment.identity() == null) {
      // Elsewhere the address of an instance may not answer, which takes time.
      throw nothing(profile);
    }
    return new WorkloadSource(() -> {
      AwsCredentials instance = new NetworkSources(environment).instance();
      if (instance == null) {
        throw nothing(profile);
      }
      return instance;
    });
  }

  /** The keys of the variables; null for none. */
  @Nullable AmbientSource ofVariables() {
    String keyId = environment.variable(KEY_ID);
    String secretKey = environment.variable(SECRET_KEY);
    if (keyId == null && secretKey == null) {
      return null;
    }
    if (keyId == null || secretKey == null) {
      throw environment.failure(
          ExitCode.SIGN_IN_REQUIRED,
          keyId == null
              ? SECRET_KEY + " is set, and " + KEY_ID + " is not"
              : KEY_ID + " is set, and " + SECRET_KEY + " is not",
          "set both or neither");
    }
    // The second is its name before 2014, which some tools still set.
    String token = environment.variable("AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN");
    return new StaticKeys(
        environment,
        KEY_ID,
        keyId,
        Secret.of(secretKey),
        token == null ? null : Secret.of(token),
        environment.variable(EXPIRATION),
        EXPIRATION);
  }

  /** Whether a profile is a role that other credentials assume. */
  static boolean isRole(AwsProfile profile) {
    return profile.has(ROLE) && !profile.has(WEB_IDENTITY);
  }

  /**
   * The source that a profile names beside a role; null for none.
   *
   * @param selected whether the variables choose the profile, and may name a web identity as well
   */
  @Nullable AmbientSource ofProfile(AwsProfile profile, boolean selected) {
    if (profile.has(WEB_IDENTITY)
        || (selected && environment.variable(WebIdentity.FILE_VARIABLE) != null)) {
      return WebIdentity.of(environment, profile, selected);
    }
    if (profile.has("sso_account_id") || profile.has("sso_role_name")) {
      return PortalRole.of(environment, profile);
    }
    AmbientSource keys = keys(profile, true);
    if (keys != null) {
      return keys;
    }
    if (profile.has(LoginSession.PROPERTY)) {
      return new LoginSession(environment, profile);
    }
    if (profile.has(CredentialProcess.PROPERTY)) {
      return CredentialProcess.of(environment, profile);
    }
    return keys(profile, false);
  }

  /** Whether one of the files has keys in a profile, or a part of them. */
  static boolean hasKeys(AwsProfile profile) {
    return profile.has(PROFILE_KEY_ID) || profile.has(PROFILE_SECRET_KEY);
  }

  /** The profile's keys in one of the files; null for none. */
  private @Nullable AmbientSource keys(AwsProfile profile, boolean credentials) {
    Secret keyId = profile.field(credentials, PROFILE_KEY_ID);
    Secret secretKey = profile.field(credentials, PROFILE_SECRET_KEY);
    if (keyId == null && secretKey == null) {
      return null;
    }
    String holder = profile.describedIn(credentials);
    if (keyId == null || secretKey == null) {
      String one = keyId == null ? PROFILE_SECRET_KEY : PROFILE_KEY_ID;
      String other = keyId == null ? PROFILE_KEY_ID : PROFILE_SECRET_KEY;
      throw environment.failure(
          ExitCode.SIGN_IN_REQUIRED,
          holder + " has " + one + " without " + other,
          "add " + other + " to that profile");
    }
    Secret token = profile.field(credentials, "aws_session_token", "aws_security_token");
    Secret expiry = null;
    String expiryName = "";
    for (int i = 0; i < EXPIRY_FIELDS.length && expiry == null; i++) {
      expiryName = EXPIRY_FIELDS[i];
      expiry = profile.field(credentials, expiryName);
    }
    return new StaticKeys(
        environment,
        holder,
        keyId.reveal(),
        secretKey,
        token,
        expiry == null ? null : expiry.reveal(),
        expiryName);
  }

  private AtmosException nothing(AwsProfile profile) {
    boolean portal = profile.has("sso_session") || profile.has("sso_start_url");
    return environment.failure(
        ExitCode.SIGN_IN_REQUIRED,
        "no AWS credentials: AWS_ACCESS_KEY_ID is not set, "
            + (profile.files().hasNoPlace()
                ? "the user has no home directory with shared files"
                : profile.described()
                    + (portal
                        ? " names an access portal, but no sso_account_id and sso_role_name,"
                        : " has no credentials")
                    + profile.files().places())
            + (environment.identity() == null
                ? ", and the instance metadata service is not asked"
                : "true".equalsIgnoreCase(environment.variable("AWS_EC2_METADATA_DISABLED"))
                    ? ", and AWS_EC2_METADATA_DISABLED turns the instance metadata service off"
                    : ", and the instance metadata service has none"),
        portal
            ? "add sso_account_id and sso_role_name to that profile"
            : "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile with"
                + " credentials");
  }
}
