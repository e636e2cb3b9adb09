package dev.atmos.aws.ecr.registry;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.config.Region;
import dev.atmos.text.DisplayNames;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.regions.PartitionMetadata;

/**
 * A registry of Amazon ECR.
 *
 * @param host the host by which docker names it: {@code
 *     111122223333.dkr.ecr.us-east-2.amazonaws.com}, or {@code public.ecr.aws}
 * @param region where its passwords are made
 * @param isPublic whether it is the one that everybody shares
 */
public record Registry(String host, String region, boolean isPublic) {
  /** What everybody may pull from. Passwords for it are made in one region only. */
  public static final Registry PUBLIC = new Registry("public.ecr.aws", "us-east-1", true);

  private static final Registry PUBLIC_DUAL_STACK =
      new Registry("ecr-public.aws.com", "us-east-1", true);

  private static final int ACCOUNT_DIGITS = 12;

  /** The domains of the registries that IPv6 reaches as well. */
  private static final List<String> DUAL_STACK_DOMAINS =
      List.of("on.aws", "on.amazonwebservices.com.cn", "on.amazonwebservices.eu");

  /** The registry of an account, 12 digits, in a region. */
  public static Registry of(String account, Region region) {
    return new Registry(
        account + ".dkr.ecr." + region.text() + "." + domain(region.text()), region.text(), false);
  }

  /**
   * The registry that a host or an image names, with or without a scheme and a path.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if it isn't one of ECR
   */
  public static Registry parse(String option, String text) {
    String host = hostOf(text);
    for (Registry known : List.of(PUBLIC, PUBLIC_DUAL_STACK)) {
      if (known.host.equals(host)) {
        return known;
      }
    }
    String[] parts = host.split("\\.", 5);
    boolean plain = parts.length == 5 && parts[1].equals("dkr") && parts[2].matches("ecr(-fips)?");
    boolean dual = parts.length == 5 && parts[1].matches("dkr-ecr(-fips)?");
    String region = plain ? parts[3] : dual ? parts[2] : "";
    String domain = plain ? parts[4] : dual ? parts[3] + "." + parts[4] : "";
    if (!isAccount(parts[0])
        || !Region.isRegion(region)
        || !(plain ? domain.equals(domain(region)) : DUAL_STACK_DOMAINS.contains(domain))) {
      throw new AtmosException(
          ExitCode.USAGE,
          DisplayNames.withValue(option, text) + " is not a registry of Amazon ECR",
          "one looks like 111122223333.dkr.ecr.us-east-2.amazonaws.com, or is " + PUBLIC.host);
    }
    return new Registry(host, region, false);
  }

  /** Whether a text is the number of an AWS account. */
  private static boolean isAccount(String text) {
    return text.length() == ACCOUNT_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The host in what docker or a user names; docker has a scheme and a path at times. */
  public static String hostOf(String text) {
    String host = text.strip();
    int scheme = host.indexOf("://");
    host = scheme < 0 ? host : host.substring(scheme + 3);
    int path = host.indexOf('/');
    host = path < 0 ? host : host.substring(0, path);
    if (host.endsWith(":443")) {
      host = host.substring(0, host.length() - 4);
    }
    return host.toLowerCase(Locale.ROOT);
  }

  /** The domain of the region's partition. */
  static String domain(String region) {
    return PartitionMetadata.of(software.amazon.awssdk.regions.Region.of(region)).dnsSuffix();
  }

  @Override
  public String toString() {
    return host;
  }
}
