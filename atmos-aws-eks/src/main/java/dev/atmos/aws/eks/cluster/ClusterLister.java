package dev.atmos.aws.eks.cluster;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.services.config.Region;
import java.util.List;

/** Lists clusters: in AWS, or in a test's stand-in. */
@FunctionalInterface
public interface ClusterLister {

  /**
   * The names of all clusters of a region in the account of the credentials, sorted. Those that EKS
   * Connector has registered are not among them.
   *
   * @throws dev.atmos.plugin.base.AtmosException if AWS doesn't answer, or doesn't allow it
   */
  List<ClusterName> list(Region region, AwsCredentials credentials);
}
