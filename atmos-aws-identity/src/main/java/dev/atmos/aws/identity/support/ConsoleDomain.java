package dev.atmos.aws.identity.support;

/**
 * The domain of AWS's sign-in pages and web console in a partition.
 *
 * @param name such as {@code aws.amazon.com}
 * @param home the region of hosts that name none; empty where all of them name one
 */
public record ConsoleDomain(String name, String home) {

  /** The one of a region's partition, as the AWS CLI knows them. */
  public static ConsoleDomain of(String region) {
    String[] parts = region.split("-", 3);
    return switch (parts[0] + "-" + parts[1]) {
      case "us-gov" -> new ConsoleDomain("amazonaws-us-gov.com", "us-gov-west-1");
      case "us-iso" -> new ConsoleDomain("c2shome.ic.gov", "");
      case "us-isob" -> new ConsoleDomain("sc2shome.sgov.gov", "");
      case "us-isof" -> new ConsoleDomain("csphome.hci.ic.gov", "");
      case "eu-isoe" -> new ConsoleDomain("csphome.adc-e.uk", "");
      default ->
          switch (parts[0]) {
            case "cn" -> new ConsoleDomain("amazonaws.cn", "cn-north-1");
            case "eusc" -> new ConsoleDomain("amazonaws-eusc.eu", "");
            default -> new ConsoleDomain("aws.amazon.com", "us-east-1");
          };
    };
  }

  /** A host of a region: {@code eu-west-1.console.aws.amazon.com}. */
  public String host(String site, String region) {
    return (region.equals(home) ? "" : region + ".") + site + "." + name;
  }
}
