package dev.atmos.services.auth;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.config.Definition;
import org.jspecify.annotations.Nullable;

/**
 * The account and the ARN that AWS gives for some credentials.
 *
 * @param account 12 digits
 * @param arn of the user or the role's session
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
public record CallerIdentity(String account, String arn) {

  /** Service that asks AWS. */
  @FunctionalInterface
  public interface Source {

    /**
     * Asks.
     *
     * @param identity whose credentials they are, for its endpoint; null for those of the
     *     environment
     * @param region where AWS is asked; null for the usual one
     * @throws dev.atmos.plugin.base.AtmosException with {@link
     *     dev.atmos.plugin.base.ExitCode#SIGN_IN_REQUIRED} if AWS doesn't accept the credentials,
     *     {@link dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if AWS can't be reached
     */
    CallerIdentity of(
        @Nullable Definition identity, AwsCredentials credentials, @Nullable String region);
  }
}
