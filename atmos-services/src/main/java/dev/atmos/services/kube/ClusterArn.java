package dev.atmos.services.kube;

import dev.atmos.services.config.Region;
import java.util.List;
import java.util.Optional;

/**
 * The ARN of an EKS cluster, which no other cluster has: {@code
 * arn:aws:eks:us-east-2:111122223333:cluster/demo}.
 *
 * @param partition such as {@code aws} or {@code aws-us-gov}
 * @param region such as {@code us-east-2}
 * @param account twelve digits
 * @param cluster the cluster's name
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html">
 *     Resource types defined by Amazon EKS</a>
 */
public record ClusterArn(String partition, String region, String account, String cluster) {
  private static final String COMMERCIAL = "aws";

  /** How the regions of a partition begin, and its name. */
  private static final List<String> PARTITIONS =
      List.of(
          "cn-", "aws-cn",
          "us-gov-", "aws-us-gov",
          "us-iso-", "aws-iso",
          "us-isob-", "aws-iso-b",
          "us-isof-", "aws-iso-f",
          "eu-isoe-", "aws-iso-e",
          "eusc-", "aws-eusc");

  /**
   * @throws IllegalArgumentException if a part isn't of its form
   */
  public ClusterArn {
    if (!isLabel(partition) || !partition.startsWith("aws")) {
      throw new IllegalArgumentException("the ARN's partition isn't one of AWS's");
    }
    if (!Region.isRegion(region)) {
      throw new IllegalArgumentException("the ARN's region isn't of the form us-east-2");
    }
    String own = partition(region);
    if (!partition.equals(own) && (!own.equals(COMMERCIAL) || isKnown(partition))) {
      throw new IllegalArgumentException(
          "the ARN's partition is " + partition + ", and " + region + " is a region of " + own);
    }
    if (!isAccount(account)) {
      throw new IllegalArgumentException("the ARN's account isn't twelve digits");
    }
    if (!isClusterName(cluster)) {
      throw new IllegalArgumentException("the ARN's cluster name isn't one that EKS allows");
    }
  }

  /** The partition of a region; of one that isn't known, the commercial one. */
  private static String partition(String region) {
    for (int i = 0; i < PARTITIONS.size(); i += 2) {
      if (region.startsWith(PARTITIONS.get(i))) {
        return PARTITIONS.get(i + 1);
      }
    }
    return COMMERCIAL;
  }

  private static boolean isKnown(String partition) {
    return partition.equals(COMMERCIAL) || PARTITIONS.contains(partition);
  }

  /**
   * Reads an ARN.
   *
   * @throws IllegalArgumentException if it isn't that of an EKS cluster
   */
  public static ClusterArn parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 6
        || !parts[0].equals("arn")
        || !parts[2].equals("eks")
        || !parts[5].startsWith("cluster/")) {
      throw new IllegalArgumentException(
          "the ARN isn't of the form arn:aws:eks:us-east-2:111122223333:cluster/demo");
    }
    return new ClusterArn(parts[1], parts[3], parts[4], parts[5].substring("cluster/".length()));
  }

  /** Reads an ARN; empty where the text is something else. */
  public static Optional<ClusterArn> find(String text) {
    if (!text.startsWith("arn:")) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static boolean isAccount(String text) {
    return text.matches("[0-9]{12}");
  }

  static boolean isLabel(String text) {
    return text.matches("[a-z0-9][a-z0-9-]{0,62}");
  }

  static boolean isClusterName(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
  }

  @Override
  public String toString() {
    return "arn:" + partition + ":eks:" + region + ":" + account + ":cluster/" + cluster;
  }
}
