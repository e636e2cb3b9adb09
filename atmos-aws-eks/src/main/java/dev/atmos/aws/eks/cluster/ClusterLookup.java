package dev.atmos.aws.eks.cluster;

import dev.atmos.plugin.auth.AwsCredentials;

/** Looks up clusters: in AWS, or in a test's stand-in. */
public interface ClusterLookup {

  /**
   * Describes a cluster.
   *
   * @throws dev.atmos.plugin.base.AtmosException if there is none, or if AWS doesn't answer
   */
  ClusterDescription describe(ClusterRequest request, AwsCredentials credentials);
}
