package dev.atmos.aws.eks;

import dev.atmos.plugin.auth.AwsCredentials;

/** Knows the clusters that there are: AWS, or what stands in for it in a test. */
interface ClusterDirectory {

  /**
   * Describes a cluster.
   *
   * @throws dev.atmos.plugin.base.AtmosException if there is none, or if that can't be found out
   */
  ClusterDescription describe(ClusterRequest request, AwsCredentials credentials);
}
