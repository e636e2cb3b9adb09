package dev.atmos.aws.eks.cluster;

import dev.atmos.services.config.Region;
import org.jspecify.annotations.Nullable;

/**
 * The cluster to look up.
 *
 * @param account the account that it must be in; null for the account of the credentials
 */
public record ClusterRequest(ClusterName name, Region region, @Nullable String account) {

  /** The cluster as messages name it. */
  @Override
  public String toString() {
    return "cluster '" + name.text() + "' in " + region.text();
  }
}
