package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.ini.IniReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the AWS CLI's chain that comes after the variables of the keys: keys in a shared
 * file, a web identity, a container's credentials, and an instance's, which only an identity asks
 * for. Every other source is an error that names it.
 *
 * @see <a href="https://docs.aws.amazon.com/cli/latest/topic/config-vars.html">AWS CLI,
 *     configuration variables</a>
 */
final class SharedFiles {
  private static final int LIMIT = 8 * 1024 * 1024;
  private static final String DEFAULT = "default";
  private static final String[] EXPIRY_FIELDS = {
    // saml2aws and those who followed it; aws-azure-login; gsts and others.
    "x_security_token_expires", "aws_expiration", "aws_session_expiration"
  };

  private final AmbientCredentials ambient;
  private final Services services;
  private final @Nullable String identity;
  private final String profile;

  /**
   * Those of an identity.
   *
   * @param identity its name, for messages; null if no identities are configured
   */
  SharedFiles(AmbientCredentials ambient, Services services, @Nullable String identity) {
    this.ambient = ambient;
    this.services = services;
    this.identity = identity;
    String named = variable("AWS_PROFILE");
    if (named == null) {
      named = variable("AWS_DEFAULT_PROFILE");
    }
    profile = named == null ? DEFAULT : named;
  }

  AwsCredentials find() {
    SharedFile credentials = read("AWS_SHARED_CREDENTIALS_FILE", "credentials", false);
    SharedFile config = read("AWS_CONFIG_FILE", "config", true);
    if (credentials.properties() == null
        && config.properties() == null
        && !profile.equals(DEFAULT)) {
      throw noProfile(credentials, config);
    }
    refuseRole(credentials, config);
    AwsCredentials ofWebIdentity = webIdentity(credentials, config);
    if (ofWebIdentity != null) {
      return ofWebIdentity;
    }
    refuseProfile(credentials, config, "sso_account_id", "signs in with IAM Identity Center");
    refuseProfile(credentials, config, "sso_role_name", "signs in with IAM Identity Center");
    AwsCredentials keys = keys(credentials);
    if (keys != null) {
      return keys;
    }
    refuseProfile(credentials, config, "login_session", "signs in with aws login");
    refuseProfile(credentials, config, "credential_process", "gets its keys from a process");
    keys = keys(config);
    if (keys != null) {
      return keys;
    }
    refuseProfile(credentials, config, "sso_session", "signs in with IAM Identity Center");
    refuseProfile(credentials, config, "sso_start_url", "signs in with IAM Identity Center");
    if (variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") != null
        || variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") != null) {
      return new NetworkSources(services).container();
    }
    if (identity != null) {
      // Elsewhere this address may not answer, which takes time.
      Optional<AwsCredentials> ofInstance = new NetworkSources(services).instance();
      if (ofInstance.isPresent()) {
        return ofInstance.get();
      }
    }
    throw nothing(credentials, config);
  }

  private SharedFile read(String variable, String defaultName, boolean configuration) {
    Path path = path(variable, defaultName);
    if (path == null) {
      return SharedFile.empty(null, profile);
    }
    Optional<byte[]> content;
    try {
      content = services.files().read(path, LIMIT);
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.USAGE, "can't read " + path + ": " + e.getMessage(), null, e);
    }
    if (content.isEmpty()) {
      return SharedFile.empty(path, profile);
    }
    IniReader reader =
        IniReader.read(new String(content.get(), StandardCharsets.UTF_8), configuration);
    if (reader.problem() != null) {
      throw new AtmosException(
          ExitCode.USAGE, path + ":" + reader.problemLine() + ": " + reader.problem());
    }
    return new SharedFile(
        path,
        profile,
        List.copyOf(reader.profiles().keySet()),
        secrets(reader.profiles().get(profile)));
  }

  private static @Nullable Map<String, Secret> secrets(@Nullable Map<String, String> properties) {
    if (properties == null) {
      return null;
    }
    Map<String, Secret> secrets = new LinkedHashMap<>();
    for (Map.Entry<String, String> property : properties.entrySet()) {
      secrets.put(property.getKey(), Secret.of(property.getValue()));
    }
    return secrets;
  }

  /** The path of a file; null if it would be below a home directory that isn't there. */
  private @Nullable Path path(String variable, String defaultName) {
    Optional<Path> home = services.directories().home();
    String named = variable(variable);
    if (named == null) {
      return home.isEmpty() ? null : home.get().resolve(".aws").resolve(defaultName);
    }
    try {
      if (!beginsWithHome(named)) {
        return services.directories().workingDirectory().resolve(named);
      }
      if (home.isEmpty()) {
        throw new AtmosException(
            ExitCode.USAGE, variable + " begins with ~, and there is no home directory");
      }
      int start = 1;
      while (start < named.length() && isSeparator(named.charAt(start))) {
        start++;
      }
      return home.get().resolve(named.substring(start));
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, variable + " is not a path", null, e);
    }
  }

  private boolean beginsWithHome(String path) {
    return path.startsWith("~") && (path.length() == 1 || isSeparator(path.charAt(1)));
  }

  private boolean isSeparator(char c) {
    return c == '/'
        || services.directories().workingDirectory().getFileSystem().getSeparator().charAt(0) == c;
  }

  /** The profile's keys in this file; null for none. */
  private @Nullable AwsCredentials keys(SharedFile file) {
    Secret keyId = file.field("aws_access_key_id");
    Secret secretKey = file.field("aws_secret_access_key");
    if (keyId == null && secretKey == null) {
      return null;
    }
    if (keyId == null || secretKey == null) {
      throw failure(
          ExitCode.SIGN_IN_REQUIRED,
          file.describe()
              + (keyId == null
                  ? " has aws_secret_access_key without aws_access_key_id"
                  : " has aws_access_key_id without aws_secret_access_key"),
          null);
    }
    Secret token = file.field("aws_session_token");
    if (token == null) {
      token = file.field("aws_security_token");
    }
    Secret expiry = null;
    String expiryName = "";
    for (int i = 0; i < EXPIRY_FIELDS.length && expiry == null; i++) {
      expiryName = EXPIRY_FIELDS[i];
      expiry = file.field(expiryName);
    }
    return ambient.live(
        keyId.reveal(),
        secretKey,
        token,
        expiry == null ? null : expiry.reveal(),
        expiryName,
        file);
  }

  /** Refuses a role, unless the profile assumes it with a web identity. */
  private void refuseRole(SharedFile credentials, SharedFile config) {
    if (!has(credentials, config, "web_identity_token_file")) {
      refuseProfile(credentials, config, "role_arn", "assumes a role");
    }
  }

  /** The web identity of the variables, else of the profile; null for none. */
  private @Nullable AwsCredentials webIdentity(SharedFile credentials, SharedFile config) {
    String variable = variable("AWS_WEB_IDENTITY_TOKEN_FILE");
    String file =
        variable == null ? field(credentials, config, "web_identity_token_file") : variable;
    if (file == null) {
      return null;
    }
    String named = variable("AWS_ROLE_ARN");
    String role = named == null ? field(credentials, config, "role_arn") : named;
    if (role == null) {
      throw failure(
          ExitCode.SIGN_IN_REQUIRED,
          variable == null
              ? profileName() + " has web_identity_token_file without role_arn"
              : "AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not",
          "set both or neither");
    }
    return new NetworkSources(services)
        .webIdentity(
            variable == null
                ? "web_identity_token_file of " + profileName()
                : "AWS_WEB_IDENTITY_TOKEN_FILE",
            file,
            role);
  }

  private static @Nullable String field(SharedFile credentials, SharedFile config, String name) {
    Secret value = credentials.field(name);
    Secret found = value == null ? config.field(name) : value;
    return found == null ? null : found.reveal();
  }

  private void refuseProfile(
      SharedFile credentials, SharedFile config, String field, String whatItDoes) {
    if (has(credentials, config, field)) {
      throw unusable(profileName() + " " + whatItDoes + " (" + field + ")");
    }
  }

  private AtmosException unusable(String source) {
    return failure(
        ExitCode.SIGN_IN_REQUIRED,
        source + ", which this version of atmos can't use",
        "put keys into the environment with: aws configure export-credentials"
            + " --profile "
            + ShellQuoting.word(profile)
            + " --format env");
  }

  private AtmosException noProfile(SharedFile credentials, SharedFile config) {
    List<String> profiles = new ArrayList<>(credentials.profiles());
    profiles.addAll(config.profiles());
    List<String> nearest = NearestNames.of(profile, profiles);
    return failure(
        ExitCode.USAGE,
        credentials.path() == null && config.path() == null
            ? profileName() + " can't be looked for: there is no home directory"
            : "no " + profileName() + places(credentials, config),
        nearest.isEmpty() ? null : "did you mean " + DisplayNames.alternatives(nearest) + "?");
  }

  private AtmosException nothing(SharedFile credentials, SharedFile config) {
    return failure(
        ExitCode.SIGN_IN_REQUIRED,
        "no AWS credentials: AWS_ACCESS_KEY_ID is not set, "
            + (credentials.path() == null && config.path() == null
                ? "there is no home directory with shared files"
                : profileName() + " has no key" + places(credentials, config))
            + (identity == null
                ? ", and the instance metadata service is not asked"
                : ", and the instance metadata service has none"),
        "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile with keys");
  }

  private static String places(SharedFile credentials, SharedFile config) {
    if (credentials.path() == null) {
      return " in " + config.path();
    }
    return " in " + credentials.path() + (config.path() == null ? "" : " or " + config.path());
  }

  private AtmosException failure(ExitCode exitCode, String problem, @Nullable String hint) {
    return AmbientFailures.of(exitCode, identity, problem, hint);
  }

  private String profileName() {
    return "profile " + DisplayNames.quoted(profile);
  }

  private static boolean has(SharedFile credentials, SharedFile config, String name) {
    return credentials.field(name) != null || config.field(name) != null;
  }

  private @Nullable String variable(String name) {
    return AmbientCredentials.variable(services, name);
  }
}
