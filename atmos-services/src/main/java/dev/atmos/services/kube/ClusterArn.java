package dev.atmos.services.kube;

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
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_PART = 63;

  /**
   * @throws IllegalArgumentException if a part isn't of its form
   */
  public ClusterArn {
    if (!isLabel(partition) || !partition.startsWith("aws")) {
      throw new IllegalArgumentException("the ARN's partition isn't one of AWS's");
    }
    if (!isLabel(region)) {
      throw new IllegalArgumentException("the ARN's region isn't of the form us-east-2");
    }
    if (!isAccount(account)) {
      throw new IllegalArgumentException("the ARN's account isn't twelve digits");
    }
    if (!isClusterName(cluster)) {
      throw new IllegalArgumentException("the ARN's cluster name isn't one that EKS allows");
    }
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
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return text.length() == 12;
  }

  static boolean isLabel(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !isDigit(c) && c != '-') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST_PART && text.charAt(0) != '-';
  }

  static boolean isClusterName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
      if (!alphanumeric && (i == 0 || (c != '-' && c != '_' && c != '.'))) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST_NAME;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The ARN as AWS writes it. */
  @Override
  public String toString() {
    return "arn:" + partition + ":eks:" + region + ":" + account + ":cluster/" + cluster;
  }
}
