package dev.atmos.auth.chain;

import dev.atmos.plugin.auth.AwsCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Who AWS says that somebody is.
 *
 * @param account 12 digits
 * @param arn of the user or the role's session
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
public record CallerIdentity(String account, String arn) {

  /** The service that asks AWS. */
  @FunctionalInterface
  public interface Source {

    /**
     * Asks.
     *
     * @param identity whose credentials they are; null where nobody of the configuration has them
     * @param region where AWS is asked; null for whatever is usual
     * @throws dev.atmos.plugin.base.AtmosException with {@link
     *     dev.atmos.plugin.base.ExitCode#SIGN_IN_REQUIRED} if the credentials aren't taken, {@link
     *     dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if AWS can't be reached
     */
    CallerIdentity of(
        @Nullable String identity, AwsCredentials credentials, @Nullable String region);
  }
}
