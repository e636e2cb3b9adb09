package dev.atmos.aws;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.config.Region;
import org.jspecify.annotations.Nullable;

/**
 * A service in a region.
 *
 * @param service the service's id as AWS's models have it, which names its variable: {@code SSO
 *     OIDC} for {@code AWS_ENDPOINT_URL_SSO_OIDC}
 * @param region such as {@code us-east-2}
 * @param endpointUrl the URL that the configuration gives ({@code spec.endpoint_url}); null to use
 *     the variables, or else AWS's own host
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
 *     endpoints</a>
 */
public record AwsTarget(String service, String region, @Nullable String endpointUrl) {

  /**
   * @throws AtmosException with {@link ExitCode#USAGE} if the region can't be one
   */
  public AwsTarget {
    // The region becomes a label of the host's name.
    if (!Region.isRegion(region)) {
      throw new AtmosException(
          ExitCode.USAGE, "'" + RemoteMessage.line(region) + "' is not an AWS region");
    }
  }

  /** A service at the URL of the variables, or else at AWS's own host. */
  public static AwsTarget of(String service, String region) {
    return new AwsTarget(service, region, null);
  }

  /** This target at that URL, if there is one. */
  public AwsTarget at(@Nullable String url) {
    return new AwsTarget(service, region, url);
  }
}
