package dev.atmos.aws.eks;

import org.jspecify.annotations.Nullable;

/**
 * A cluster that is asked for.
 *
 * @param account the account that it has to be in; null for that of whoever asks
 */
record ClusterRequest(ClusterName name, Region region, @Nullable String account) {

  /** As messages name it. */
  @Override
  public String toString() {
    return "cluster '" + name.text() + "' in " + region.text();
  }
}
