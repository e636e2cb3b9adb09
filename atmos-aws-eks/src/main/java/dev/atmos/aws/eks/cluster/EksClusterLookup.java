package dev.atmos.aws.eks.cluster;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsErrorCode;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.config.Region;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Certificate;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ConnectorConfigResponse;
import software.amazon.awssdk.services.eks.model.ListClustersResponse;

/** Looks up clusters in AWS. Safe for use by several threads. */
public final class EksClusterLookup implements ClusterLookup, ClusterLister {
  private static final String NOT_FOUND = "ResourceNotFound";

  /** More pages, of 100 names each, than any region has: an answer that never ends is no list. */
  private static final int MOST_PAGES = 100;

  private final Services services;

  /** Calls AWS with these services. */
  public EksClusterLookup(Services services) {
    this.services = services;
  }

  @Override
  public ClusterDescription describe(ClusterRequest request, AwsCredentials credentials) {
    AwsClients aws = new AwsClients(services, AwsLimits.ofCommand());
    AwsTarget target = AwsTarget.of("EKS", request.region().text());
    try (EksClient eks = aws.client(EksClient.builder(), target, credentials)) {
      return aws.call("describe " + request, () -> find(eks, request))
          .orElseThrow(() -> unknown(request, names(aws, eks)));
    }
  }

  @Override
  public List<ClusterName> list(Region region, AwsCredentials credentials) {
    AwsClients aws = new AwsClients(services, AwsLimits.ofMany());
    AwsTarget target = AwsTarget.of("EKS", region.text());
    String what = "list the EKS clusters in " + region.text();
    Set<ClusterName> names = new TreeSet<>(Comparator.comparing(ClusterName::text));
    try (EksClient eks = aws.client(EksClient.builder(), target, credentials)) {
      String next = null;
      for (int page = 0; page < MOST_PAGES; page++) {
        String token = next;
        ListClustersResponse answer =
            aws.call(what, () -> eks.listClusters(request -> request.nextToken(token)));
        answer.clusters().stream()
            .filter(Objects::nonNull)
            .forEach(name -> names.add(ClusterName.of("a name in AWS's answer", name)));
        next = answer.nextToken();
        if (next == null || next.isEmpty()) {
          return List.copyOf(names);
        }
      }
    }
    throw new AtmosException(
        ExitCode.FAILED, "could not " + what + ": there is no end to AWS's answer");
  }

  private static Optional<ClusterDescription> find(EksClient eks, ClusterRequest request) {
    try {
      Cluster cluster =
          eks.describeCluster(describe -> describe.name(request.name().text())).cluster();
      if (cluster == null) {
        throw new AtmosException(
            ExitCode.UNAVAILABLE,
            "could not describe " + request + ": AWS's answer has no cluster",
            "try again");
      }
      Certificate authority = cluster.certificateAuthority();
      ConnectorConfigResponse connector = cluster.connectorConfig();
      return Optional.of(
          new ClusterDescription(
              cluster.arn(),
              cluster.statusAsString(),
              cluster.endpoint(),
              authority == null ? null : authority.data(),
              cluster.outpostConfig() == null ? null : cluster.id(),
              connector == null ? null : String.valueOf(connector.provider()),
              cluster.tags()));
    } catch (AwsServiceException e) {
      if (AwsErrorCode.of(e).orElse("").equals(NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The names of the first clusters of the account, if they can be listed. */
  private static List<String> names(AwsClients aws, EksClient eks) {
    try {
      return aws.call("list clusters", () -> eks.listClusters().clusters()).stream()
          .filter(Objects::nonNull)
          .toList();
    } catch (AtmosException e) {
      // The permission to describe a cluster doesn't include the one to list all.
      return List.of();
    }
  }

  private static AtmosException unknown(ClusterRequest request, List<String> names) {
    List<String> nearest = NearestNames.of(request.name().text(), names);
    String hint = "check the name, --region and --identity";
    if (!nearest.isEmpty()) {
      hint = "did you mean " + DisplayNames.alternatives(nearest) + "?";
    } else if (!names.isEmpty()) {
      hint = "there is: " + DisplayNames.list(names);
    }
    return new AtmosException(
        ExitCode.FAILED, "there is no " + request + " in the account of these credentials", hint);
  }
}
