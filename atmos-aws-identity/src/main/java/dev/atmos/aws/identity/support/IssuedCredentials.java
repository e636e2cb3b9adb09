package dev.atmos.aws.identity.support;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Temporary credentials from the parts of an answer of AWS. */
public final class IssuedCredentials {
  private IssuedCredentials() {}

  /**
   * The credentials.
   *
   * @param what what the call does, as it follows "could not" in a message
   * @throws AtmosException with {@link ExitCode#FAILED} if a part is missing or not valid
   */
  public static AwsCredentials of(
      String what,
      @Nullable String accessKeyId,
      @Nullable String secretAccessKey,
      @Nullable String sessionToken,
      @Nullable Instant expiresAt) {
    if (accessKeyId != null && secretAccessKey != null && sessionToken != null) {
      try {
        return AwsCredentials.of(
            accessKeyId, Secret.of(secretAccessKey), Secret.of(sessionToken), expiresAt);
      } catch (IllegalArgumentException e) {
        // A part is empty, or holds a character that no credentials hold: reported below.
      }
    }
    throw incomplete(what);
  }

  /** An answer lacks a part. */
  public static AtmosException incomplete(String what) {
    return new AtmosException(
        ExitCode.FAILED, "could not " + what + ": AWS returned incomplete credentials");
  }
}
