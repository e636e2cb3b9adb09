package dev.atmos.services.kube;

import dev.atmos.services.config.Region;
import org.jspecify.annotations.Nullable;

/**
 * A cluster to be taken out: exactly what {@link ClusterAccess} has added. Compared by the ARN of
 * the entries and by their marker; what the user or another tool has made, or made into something
 * else, stays, and so does a cluster that anything else refers to.
 *
 * @param cluster the cluster's name
 * @param region its region
 * @param account its account, where that is known; null for any
 * @param everyIdentity whether the entries of every identity are removed
 * @param identity whose entries are removed otherwise; null for those without an identity
 */
public record ClusterRemoval(
    String cluster,
    String region,
    @Nullable String account,
    boolean everyIdentity,
    @Nullable String identity) {

  /**
   * @throws IllegalArgumentException if a part can't be one of an ARN
   */
  public ClusterRemoval {
    if (!ClusterArn.isClusterName(cluster)) {
      throw new IllegalArgumentException("the cluster's name isn't one that EKS allows");
    }
    if (!Region.isRegion(region)) {
      throw new IllegalArgumentException("the region isn't of the form us-east-2");
    }
    if (account != null && !ClusterArn.isAccount(account)) {
      throw new IllegalArgumentException("the account isn't twelve digits");
    }
    if (everyIdentity && identity != null) {
      throw new IllegalArgumentException("either one identity or every one");
    }
  }

  /** What was added for one identity; null for what was added without one. */
  public static ClusterRemoval of(String cluster, String region, @Nullable String identity) {
    return new ClusterRemoval(cluster, region, null, false, identity);
  }

  /** Whether an entry of that cluster and identity is removed. */
  public boolean matches(ClusterArn arn, @Nullable String whose) {
    return arn.cluster().equals(cluster)
        && arn.region().equals(region)
        && (account == null || arn.account().equals(account))
        && (everyIdentity || (identity == null ? whose == null : identity.equals(whose)));
  }
}
