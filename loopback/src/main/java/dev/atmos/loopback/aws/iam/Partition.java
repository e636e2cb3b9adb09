package dev.atmos.loopback.aws.iam;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A partition of AWS: a set of regions with its own DNS names and credentials. Region patterns and
 * DNS names are those of botocore's {@code partitions.json}; dual-stack names are given only where
 * aws-iam-authenticator's server knows one (its package {@code endpoints}).
 */
public enum Partition {
  /** The commercial regions; also what the SDKs take for a region that they do not know. */
  AWS("aws", "(us|eu|ap|sa|ca|me|af|il|mx)-\\w+-\\d+", "amazonaws.com", "api.aws"),
  /** China. */
  AWS_CN("aws-cn", "cn-\\w+-\\d+", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
  /** GovCloud (US). Shares its DNS names with {@link #AWS}. */
  AWS_US_GOV("aws-us-gov", "us-gov-\\w+-\\d+", "amazonaws.com", "api.aws"),
  /** Isolated regions, US. */
  AWS_ISO("aws-iso", "us-iso-\\w+-\\d+", "c2s.ic.gov", null),
  /** Isolated regions, US, secret. */
  AWS_ISO_B("aws-iso-b", "us-isob-\\w+-\\d+", "sc2s.sgov.gov", null),
  /** Isolated regions, Europe. */
  AWS_ISO_E("aws-iso-e", "eu-isoe-\\w+-\\d+", "cloud.adc-e.uk", null),
  /** Isolated regions, US, F. */
  AWS_ISO_F("aws-iso-f", "us-isof-\\w+-\\d+", "csp.hci.ic.gov", null),
  /** The European Sovereign Cloud. */
  AWS_EUSC("aws-eusc", "eusc-de-\\w+-\\d+", "amazonaws.eu", "api.amazonwebservices.eu");

  private final String id;
  private final Pattern regions;
  private final String dnsSuffix;
  private final @Nullable String dualStackSuffix;

  Partition(String id, String regions, String dnsSuffix, @Nullable String dualStackSuffix) {
    this.id = id;
    this.regions = Pattern.compile(regions);
    this.dnsSuffix = dnsSuffix;
    this.dualStackSuffix = dualStackSuffix;
  }

  /** The partition of a region; {@link #AWS} for a region of no known pattern, as in the SDKs. */
  public static Partition ofRegion(String region) {
    for (Partition partition : values()) {
      if (partition.regions.matcher(region).matches()) {
        return partition;
      }
    }
    return AWS;
  }

  /** The partition with an identifier as in an ARN, such as {@code aws-cn}. */
  public static Optional<Partition> ofId(String id) {
    for (Partition partition : values()) {
      if (partition.id.equals(id)) {
        return Optional.of(partition);
      }
    }
    return Optional.empty();
  }

  /** The identifier, as in an ARN. */
  public String id() {
    return id;
  }

  /** What follows the region in a host name, such as {@code amazonaws.com}. */
  public String dnsSuffix() {
    return dnsSuffix;
  }

  /** What follows the region in a dual-stack host name, where the partition has such names. */
  public Optional<String> dualStackSuffix() {
    return Optional.ofNullable(dualStackSuffix);
  }

  /** Whether the domain of a host name is the partition's. */
  public boolean ownsDomain(String domain) {
    return domain.equals(dnsSuffix) || domain.equals(dualStackSuffix);
  }
}
