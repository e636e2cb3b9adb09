package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.AwsPaths;
import dev.atmos.services.system.Digests;
import dev.atmos.services.system.FileReason;
import dev.atmos.text.Rfc3339;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.json.FlatJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * The credentials that {@code aws login} keeps for a profile. They are used while they are live,
 * and never renewed: that would sign the AWS CLI out.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-login-credentials.html">Login
 *     credentials provider</a>
 */
record LoginSession(AmbientEnvironment environment, AwsProfile profile) implements AmbientSource {
  static final String PROPERTY = "login_session";
  private static final int MOST_BYTES = 256 * 1024;

  @Override
  public Map<String, String> key() {
    return Map.of(PROPERTY, name());
  }

  @Override
  public boolean isMade() {
    return false;
  }

  @Override
  public AwsCredentials credentials(StepRequest request) {
    Map<String, Secret> token = FlatJson.read(text(), "accessToken", Secret::of).orElse(Map.of());
    Secret keyId = token.get("accessKeyId");
    Secret secretKey = token.get("secretAccessKey");
    Secret sessionToken = CredentialProcess.nonEmpty(token.get("sessionToken"));
    Secret expiry = token.get("expiresAt");
    Instant expiresAt = expiry == null ? null : Rfc3339.parse(expiry.reveal());
    if (keyId != null
        && secretKey != null
        && expiresAt != null
        && expiresAt.isAfter(environment.services().clock().instant())) {
      try {
        return AwsCredentials.of(keyId.reveal(), secretKey, sessionToken, expiresAt);
      } catch (IllegalArgumentException e) {
        // Not what the AWS CLI has written: as if there were none.
      }
    }
    String word = ShellQuoting.word(profile.name());
    throw environment.failure(
        ExitCode.SIGN_IN_REQUIRED,
        expiresAt == null
            ? profile.described() + " is not signed in with aws login"
            : "the credentials that aws login keeps for "
                + profile.described()
                + " expired at "
                + expiresAt,
        expiresAt == null
            ? "run: aws login --profile " + word
            : "the AWS CLI renews them: aws sts get-caller-identity --profile "
                + word
                + "; if it can't: aws login --profile "
                + word);
  }

  /** The file of the session; empty if there is none. */
  private String text() {
    Path directory =
        AwsPaths.path(
            environment.services(), "AWS_LOGIN_CACHE_DIRECTORY", ".aws", "login", "cache");
    if (directory == null) {
      return "";
    }
    String digest = Digests.sha256Hex(name().getBytes(StandardCharsets.UTF_8));
    try {
      byte[] content =
          environment
              .services()
              .files()
              .read(directory.resolve(digest + ".json"), MOST_BYTES)
              .orElse(new byte[0]);
      return new String(content, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw environment.failure(
          ExitCode.SIGN_IN_REQUIRED,
          "the file of the login session of " + profile.described() + " " + FileReason.of(e),
          "run: aws login --profile " + ShellQuoting.word(profile.name()));
    }
  }

  private String name() {
    return String.valueOf(profile.field(PROPERTY));
  }
}
