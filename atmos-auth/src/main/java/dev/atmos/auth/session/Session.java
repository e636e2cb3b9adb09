package dev.atmos.auth.session;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.kind.Description;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A live grant of an identity, and what the configuration says of the identity.
 *
 * @param chain the identity with the steps that lead to it
 * @param grant what the identity gives; it says when it expires
 * @param origin where the grant was found
 */
public record Session(Chain chain, Grant grant, Origin origin) {

  /** Where a grant was found. */
  public enum Origin {
    /** It was cached. */
    CACHED,
    /** It was renewed without asking the user. */
    RENEWED,
    /** The user has signed in. */
    SIGNED_IN
  }

  /** The identity's name. */
  public String identity() {
    return chain.name();
  }

  /** The provider at the root of its chain; null where the chain begins with an identity. */
  public @Nullable String provider() {
    return chain.provider();
  }

  /**
   * The grant, for AWS.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if it is something else
   */
  public AwsCredentials credentials() {
    return chain.credentials(grant);
  }

  /** The region that the configuration has for it. */
  public Optional<String> region() {
    return chain.region();
  }

  /** Account and principal, as far as the configuration says them. */
  public Description description() {
    return chain.description();
  }
}
