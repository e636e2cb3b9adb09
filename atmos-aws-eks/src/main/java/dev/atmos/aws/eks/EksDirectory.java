package dev.atmos.aws.eks;

import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.AwsCredentials;

/** AWS itself. */
final class EksDirectory implements ClusterDirectory {
  EksDirectory(PluginContext context) {
    context.getClass();
  }

  @Override
  public ClusterDescription describe(ClusterRequest request, AwsCredentials credentials) {
    throw new UnsupportedOperationException();
  }
}
