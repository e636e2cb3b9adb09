package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.system.FileReason;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.ini.IniReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
  private static final String SIGNS_IN = "signs in with IAM Identity Center";
  private static final String[] EXPIRY_FIELDS = {
    // saml2aws and those who followed it; aws-azure-login; gsts and others.
    "x_security_token_expires", "aws_expiration", "aws_session_expiration"
  };

  private final AmbientCredentials ambient;
  private final Services services;
  private final String profile;
  private final SharedFile credentials;
  private final SharedFile config;

  /** Reads the files. */
  SharedFiles(AmbientCredentials ambient) {
    this.ambient = ambient;
    this.services = ambient.services();
    String named = ambient.variable("AWS_PROFILE", "AWS_DEFAULT_PROFILE");
    this.profile = named == null ? DEFAULT : named;
    this.credentials = read("AWS_SHARED_CREDENTIALS_FILE", "credentials", false);
    this.config = read("AWS_CONFIG_FILE", "config", true);
  }

  AwsCredentials find() {
    if (credentials.properties() == null
        && config.properties() == null
        && !profile.equals(DEFAULT)) {
      throw noProfile();
    }
    if (field("web_identity_token_file") == null) {
      refuse("role_arn", "assumes a role");
    }
    AwsCredentials found = webIdentity();
    if (found != null) {
      return found;
    }
    refuse("sso_account_id", SIGNS_IN);
    refuse("sso_role_name", SIGNS_IN);
    found = keys(credentials);
    if (found != null) {
      return found;
    }
    refuse("login_session", "signs in with aws login");
    refuse("credential_process", "gets its keys from a process");
    found = keys(config);
    if (found != null) {
      return found;
    }
    refuse("sso_session", SIGNS_IN);
    refuse("sso_start_url", SIGNS_IN);
    if (ambient.variable(NetworkSources.RELATIVE_URI, NetworkSources.FULL_URI) != null) {
      return new NetworkSources(ambient).container();
    }
    if (ambient.identity() != null) {
      // Elsewhere this address may not answer, which takes time.
      found = new NetworkSources(ambient).instance();
      if (found != null) {
        return found;
      }
    }
    throw nothing();
  }

  private SharedFile read(String variable, String defaultName, boolean configuration) {
    Path path = path(variable, defaultName);
    if (path == null) {
      return new SharedFile(null, profile, List.of(), null);
    }
    byte[] content;
    try {
      content = services.files().read(path, LIMIT).orElse(new byte[0]);
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.USAGE, "can't read " + path + ": " + FileReason.of(e), null, e);
    }
    IniReader reader = IniReader.read(new String(content, StandardCharsets.UTF_8), configuration);
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
    Map<String, Secret> secrets = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, String> property : properties.entrySet()) {
      secrets.put(property.getKey(), Secret.of(property.getValue()));
    }
    return secrets;
  }

  /** The path of a file; null if the user has no home directory to look in. */
  private @Nullable Path path(String variable, String defaultName) {
    Optional<Path> home = services.directories().home();
    String named = ambient.variable(variable);
    if (named == null) {
      return home.isEmpty() ? null : home.get().resolve(".aws").resolve(defaultName);
    }
    try {
      Path directory = services.directories().workingDirectory();
      Path tilde = directory.getFileSystem().getPath("~");
      Path path = directory.getFileSystem().getPath(named);
      if (!path.startsWith(tilde)) {
        return directory.resolve(path);
      }
      if (home.isEmpty()) {
        throw new AtmosException(
            ExitCode.USAGE, variable + " begins with ~, and the user has no home directory");
      }
      return home.get().resolve(tilde.relativize(path));
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, variable + " is not a path", null, e);
    }
  }

  /** The profile's keys in this file; null for none. */
  private @Nullable AwsCredentials keys(SharedFile file) {
    Secret keyId = file.field("aws_access_key_id");
    Secret secretKey = file.field("aws_secret_access_key");
    if (keyId == null && secretKey == null) {
      return null;
    }
    if (keyId == null || secretKey == null) {
      throw ambient.failure(
          ExitCode.SIGN_IN_REQUIRED,
          file.describe()
              + (keyId == null
                  ? " has aws_secret_access_key without aws_access_key_id"
                  : " has aws_access_key_id without aws_secret_access_key"),
          null);
    }
    Secret token = file.field("aws_session_token", "aws_security_token");
    Secret expiry = null;
    String expiryName = "";
    for (int i = 0; i < EXPIRY_FIELDS.length && expiry == null; i++) {
      expiryName = EXPIRY_FIELDS[i];
      expiry = file.field(expiryName);
    }
    String expiresAt = expiry == null ? null : expiry.reveal();
    return ambient.live(keyId.reveal(), secretKey, token, expiresAt, expiryName, file);
  }

  /** The web identity of the variables, else of the profile; null for none. */
  private @Nullable AwsCredentials webIdentity() {
    String variable = ambient.variable("AWS_WEB_IDENTITY_TOKEN_FILE");
    String file = variable == null ? field("web_identity_token_file") : variable;
    if (file == null) {
      return null;
    }
    String named = ambient.variable("AWS_ROLE_ARN");
    String role = named == null ? field("role_arn") : named;
    if (role == null) {
      throw ambient.failure(
          ExitCode.SIGN_IN_REQUIRED,
          variable == null
              ? profileName() + " has web_identity_token_file without role_arn"
              : "AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not",
          "set both or neither");
    }
    String source =
        variable == null
            ? "web_identity_token_file of " + profileName()
            : "AWS_WEB_IDENTITY_TOKEN_FILE";
    return new NetworkSources(ambient).webIdentity(source, file, role);
  }

  private @Nullable String field(String name) {
    Secret first = credentials.field(name);
    Secret found = first == null ? config.field(name) : first;
    return found == null ? null : found.reveal();
  }

  /**
   * Fails if the profile has a field by which it gets its keys in a way that atmos doesn't know.
   */
  private void refuse(String field, String whatItDoes) {
    if (field(field) != null) {
      throw ambient.failure(
          ExitCode.SIGN_IN_REQUIRED,
          "%s %s (%s), which this version of atmos can't use"
              .formatted(profileName(), whatItDoes, field),
          "put keys into the environment with: aws configure export-credentials --profile "
              + ShellQuoting.word(profile)
              + " --format env");
    }
  }

  private AtmosException noProfile() {
    List<String> profiles = new ArrayList<>(credentials.profiles());
    profiles.addAll(config.profiles());
    List<String> nearest = NearestNames.of(profile, profiles);
    return ambient.failure(
        ExitCode.USAGE,
        hasNoPlace()
            ? "can't look for " + profileName() + ": the user has no home directory"
            : "no " + profileName() + places(),
        nearest.isEmpty() ? null : "did you mean " + DisplayNames.alternatives(nearest) + "?");
  }

  private AtmosException nothing() {
    return ambient.failure(
        ExitCode.SIGN_IN_REQUIRED,
        "no AWS credentials: AWS_ACCESS_KEY_ID is not set, "
            + (hasNoPlace()
                ? "the user has no home directory with shared files"
                : profileName() + " has no key" + places())
            + (ambient.identity() == null
                ? ", and the instance metadata service is not asked"
                : ", and the instance metadata service has none"),
        "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile with keys");
  }

  private boolean hasNoPlace() {
    return credentials.path() == null && config.path() == null;
  }

  private String places() {
    if (credentials.path() == null) {
      return " in " + config.path();
    }
    return " in " + credentials.path() + (config.path() == null ? "" : " or " + config.path());
  }

  private String profileName() {
    return "profile " + DisplayNames.quoted(profile);
  }
}
