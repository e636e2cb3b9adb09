package dev.atmos.aws.eks.doctor;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsErrorCode;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.config.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AccessConfigResponse;
import software.amazon.awssdk.services.eks.model.Certificate;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ListAccessEntriesResponse;
import software.amazon.awssdk.services.eks.model.VpcConfigResponse;

/** Asks EKS about one cluster. */
final class ClusterInspector {
  /** 100 entries each; a cluster has at most some thousand. */
  private static final int MOST_PAGES = 100;

  private final AwsClients aws;
  private final AwsTarget target;
  private final String cluster;
  private final AwsCredentials credentials;

  /** With the services of the entry's configuration. */
  ClusterInspector(Services services, Region region, String cluster, AwsCredentials credentials) {
    this.aws = new AwsClients(services, AwsLimits.ofCommand());
    this.target = AwsTarget.of("EKS", region.text());
    this.cluster = cluster;
    this.credentials = credentials;
  }

  /**
   * What EKS says of it; empty if the account has no such cluster.
   *
   * @throws AtmosException with {@link ExitCode#DENIED} if the credentials aren't allowed to look
   */
  Optional<ClusterFacts> facts() {
    try (EksClient eks = aws.client(EksClient.builder(), target, credentials)) {
      return aws.call("describe cluster '" + cluster + "'", () -> find(eks));
    }
  }

  private Optional<ClusterFacts> find(EksClient eks) {
    try {
      Cluster found = eks.describeCluster(request -> request.name(cluster)).cluster();
      if (found == null) {
        return Optional.empty();
      }
      Certificate authority = found.certificateAuthority();
      AccessConfigResponse access = found.accessConfig();
      VpcConfigResponse network = found.resourcesVpcConfig();
      return Optional.of(
          new ClusterFacts(
              found.statusAsString(),
              found.endpoint(),
              authority == null ? null : authority.data(),
              access == null ? null : access.authenticationModeAsString(),
              network == null || !Boolean.FALSE.equals(network.endpointPublicAccess())));
    } catch (AwsServiceException e) {
      if (AwsErrorCode.of(e).orElse("").equals("ResourceNotFound")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * The principals that have an access entry.
   *
   * @throws AtmosException with {@link ExitCode#DENIED} if the credentials aren't allowed to look
   */
  List<String> principals() {
    List<String> principals = new ArrayList<>();
    try (EksClient eks = aws.client(EksClient.builder(), target, credentials)) {
      String next = null;
      for (int page = 0; page < MOST_PAGES; page++) {
        String token = next;
        ListAccessEntriesResponse answer =
            aws.call(
                "list the access entries of cluster '" + cluster + "'",
                () ->
                    eks.listAccessEntries(
                        request -> request.clusterName(cluster).nextToken(token)));
        principals.addAll(answer.accessEntries());
        next = answer.nextToken();
        if (next == null || next.isEmpty()) {
          break;
        }
      }
    }
    return principals;
  }
}
