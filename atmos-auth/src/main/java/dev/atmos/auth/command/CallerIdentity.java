package dev.atmos.auth.command;

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

  /** Asks AWS. */
  public interface Source {

    /**
     * Asks.
     *
     * @param region null for whatever is usual
     * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#DENIED} if the
     *     credentials aren't taken, {@link dev.atmos.plugin.ExitCode#UNAVAILABLE} if AWS can't be
     *     reached
     */
    CallerIdentity of(AwsCredentials credentials, @Nullable String region);
  }
}
