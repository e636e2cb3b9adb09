package dev.atmos.services.auth;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.config.Definition;
import org.jspecify.annotations.Nullable;

/**
 * Who credentials belong to, according to AWS.
 *
 * @param account 12 digits
 * @param arn the ARN of the user or the role's session
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
public record CallerIdentity(String account, String arn) {

  /** The service that asks AWS. */
  @FunctionalInterface
  public interface Source {

    /**
     * Asks AWS.
     *
     * @param identity the identity that has them; null if they are the environment's
     * @param region the region of the STS that is asked; null for the default
     * @throws dev.atmos.plugin.base.AtmosException with {@link
     *     dev.atmos.plugin.base.ExitCode#SIGN_IN_REQUIRED} if AWS rejects the credentials, {@link
     *     dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if AWS can't be reached
     */
    CallerIdentity of(
        @Nullable Definition identity, AwsCredentials credentials, @Nullable String region);
  }
}
