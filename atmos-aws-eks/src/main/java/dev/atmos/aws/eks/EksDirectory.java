package dev.atmos.aws.eks;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsErrorCode;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.text.NearestNames;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Cluster;

/** AWS itself. Safe for use by several threads. */
final class EksDirectory implements ClusterDirectory {
  private static final String NOT_FOUND = "ResourceNotFound";

  private final Services context;

  EksDirectory(Services context) {
    this.context = context;
  }

  @Override
  public ClusterDescription describe(ClusterRequest request, AwsCredentials credentials) {
    AwsClients aws = new AwsClients(context, AwsLimits.ofCommand());
    AwsTarget target = AwsTarget.of("EKS", request.region().text());
    try (EksClient eks = aws.client(EksClient.builder(), target, credentials)) {
      Optional<Cluster> cluster =
          aws.call("describe " + request, () -> find(eks, request.name().text()));
      if (cluster.isEmpty()) {
        throw unknown(request, names(aws, eks));
      }
      return description(cluster.get());
    }
  }

  private static Optional<Cluster> find(EksClient eks, String name) {
    try {
      return Optional.of(eks.describeCluster(request -> request.name(name)).cluster());
    } catch (AwsServiceException e) {
      if (AwsErrorCode.of(e).orElse("").equals(NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The names of what there is instead, as far as that can be found out at once. */
  private static List<String> names(AwsClients aws, EksClient eks) {
    try {
      return aws.call("list clusters", () -> eks.listClusters().clusters());
    } catch (AtmosException e) {
      // Who may describe a cluster need not be allowed to list all of them.
      return List.of();
    }
  }

  private static AtmosException unknown(ClusterRequest request, List<String> names) {
    String sentence = "there is no " + request + " in the account of these credentials";
    if (names.isEmpty()) {
      return new AtmosException(
          ExitCode.FAILED, sentence, "check the name, --region and --identity");
    }
    List<String> nearest = NearestNames.of(request.name().text(), names);
    return new AtmosException(
        ExitCode.FAILED,
        sentence,
        nearest.isEmpty()
            ? "there is: " + String.join(", ", names.subList(0, Math.min(names.size(), 10)))
            : "did you mean " + String.join(" or ", nearest) + "?");
  }

  private static ClusterDescription description(Cluster cluster) {
    return new ClusterDescription(
        cluster.arn(),
        cluster.statusAsString(),
        cluster.endpoint(),
        cluster.certificateAuthority() == null ? null : cluster.certificateAuthority().data());
  }
}
