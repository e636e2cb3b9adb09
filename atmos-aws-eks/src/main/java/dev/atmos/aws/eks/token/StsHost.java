package dev.atmos.aws.eks.token;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.config.Region;

/**
 * The host of the regional STS endpoint that a token is made for. An API server accepts a token
 * only for AWS's own hosts, so the host depends on the region's partition and not on settings that
 * redirect API calls.
 *
 * @see <a href="https://docs.aws.amazon.com/general/latest/gr/sts.html">STS endpoints</a>
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html">Dual-stack
 *     and FIPS endpoints</a>
 */
public final class StsHost {
  /**
   * By the beginning of the region's name, the domain of its partition and the one of dual-stack
   * endpoints; none where API servers take no token for it.
   */
  private static final String[] DOMAINS = {
    "cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn",
    "us-iso-", "c2s.ic.gov", "",
    "us-isob-", "sc2s.sgov.gov", "",
    "us-isof-", "csp.hci.ic.gov", "",
    "eu-isoe-", "cloud.adc-e.uk", "",
    "eusc-", "amazonaws.eu", "api.amazonwebservices.eu",
    "", "amazonaws.com", "api.aws"
  };

  private StsHost() {}

  /**
   * @param fips whether AWS_USE_FIPS_ENDPOINT asks for a FIPS 140 endpoint
   * @param dualStack whether AWS_USE_DUALSTACK_ENDPOINT asks for one with IPv6
   * @throws AtmosException with {@link ExitCode#USAGE} if STS has no such endpoint in that region
   */
  public static String of(Region region, boolean fips, boolean dualStack) {
    String name = region.text();
    // GovCloud's ordinary hosts are FIPS hosts; it has no others.
    boolean separateFipsHost = fips && !name.startsWith("us-gov-");
    if (separateFipsHost && !hasFipsHost(name)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "AWS_USE_FIPS_ENDPOINT is on, and STS has no FIPS endpoint in "
              + name
              + "; there is one in us-east-1, us-east-2, us-west-1, us-west-2 and GovCloud",
          "unset AWS_USE_FIPS_ENDPOINT for this cluster");
    }
    int partition = 0;
    while (!name.startsWith(DOMAINS[partition])) {
      partition += 3;
    }
    String domain = DOMAINS[partition + (dualStack ? 2 : 1)];
    if (domain.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "AWS_USE_DUALSTACK_ENDPOINT is on, and API servers take no token for a dual-stack"
              + " endpoint in "
              + name,
          "unset AWS_USE_DUALSTACK_ENDPOINT for this cluster");
    }
    StringBuilder host = new StringBuilder(64);
    host.append(separateFipsHost ? "sts-fips." : "sts.");
    host.append(name).append('.').append(domain);
    return host.toString();
  }

  private static boolean hasFipsHost(String region) {
    return region.equals("us-east-1")
        || region.equals("us-east-2")
        || region.equals("us-west-1")
        || region.equals("us-west-2");
  }
}
