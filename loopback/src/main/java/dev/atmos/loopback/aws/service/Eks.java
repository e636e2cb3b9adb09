package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.iam.Iam;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.aws.iam.SignatureVerifier.Signed;
import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** EKS (API reference, DescribeCluster and ListClusters). */
public final class Eks implements AwsService {
  private static final int MAX_PAGE = 100;

  private final Iam iam;
  private final Map<String, Cluster> clusters = new TreeMap<>();
  private List<String> enabledRegions = List.of();

  public Eks(Iam iam) {
    this.iam = iam;
  }

  /** Adds a cluster, in place of one of the same ARN. */
  public synchronized void put(Cluster cluster) {
    clusters.put(cluster.arn(), cluster);
  }

  /** Removes a cluster. */
  public synchronized void remove(Cluster cluster) {
    clusters.remove(cluster.arn());
  }

  /** Has accounts no other regions than these; none stands for all. */
  public synchronized void enabledRegions(List<String> names) {
    enabledRegions = names;
  }

  @Override
  public synchronized ServerResponse perform(AwsCall call) {
    Signed signed = call.signed();
    String region = signed.region();
    if (!enabledRegions.isEmpty() && !enabledRegions.contains(region)) {
      throw new AwsException(
          403,
          "UnrecognizedClientException",
          "The security token included in the request is invalid.");
    }
    String prefix =
        "arn:%s:eks:%s:%s:cluster/"
            .formatted(Partition.ofRegion(region).id(), region, signed.principal().account());
    if (call.operation() == Operation.LIST_CLUSTERS) {
      iam.authorize(signed.principal(), call.operation(), prefix + "*");
      return list(call, prefix);
    }
    String name = call.request().path().substring("/clusters/".length());
    iam.authorize(signed.principal(), call.operation(), prefix + name);
    Cluster cluster = clusters.get(prefix + name);
    if (cluster == null) {
      throw new AwsException(
          404, "ResourceNotFoundException", "No cluster found for name: " + name + ".");
    }
    return call.result(new JsonObject().with("cluster", description(cluster)));
  }

  private ServerResponse list(AwsCall call, String prefix) {
    int size = pageSize(call);
    String after = call.request().query("nextToken").map(Eks::decoded).orElse("");
    List<String> names =
        clusters.values().stream()
            .filter(cluster -> cluster.arn().startsWith(prefix))
            .map(Cluster::name)
            .sorted()
            .filter(name -> name.compareTo(after) > 0)
            .limit(size + 1L)
            .toList();
    boolean more = names.size() > size;
    List<String> page = more ? names.subList(0, size) : names;
    JsonObject result = new JsonObject().with("clusters", page);
    if (more) {
      byte[] last = page.getLast().getBytes(StandardCharsets.UTF_8);
      result.with("nextToken", Base64.getEncoder().encodeToString(last));
    }
    return call.result(result);
  }

  private static int pageSize(AwsCall call) {
    String text = call.request().query("maxResults").orElse(Integer.toString(MAX_PAGE));
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 100) {
      throw invalid("maxResults must be between 1 and 100");
    }
    return Integer.parseInt(text);
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("Invalid nextToken");
    }
  }

  private static AwsException invalid(String message) {
    return new AwsException(400, "InvalidParameterException", message);
  }

  private static JsonObject description(Cluster cluster) {
    JsonObject network =
        new JsonObject()
            .with("subnetIds", List.of("subnet-0a1b2c3d"))
            .with("securityGroupIds", List.of())
            .with("vpcId", "vpc-0a1b2c3d")
            .with("endpointPublicAccess", true)
            .with("endpointPrivateAccess", false)
            .with("publicAccessCidrs", List.of("0.0.0.0/0"));
    JsonObject description =
        new JsonObject()
            .with("name", cluster.name())
            .with("arn", cluster.arn())
            .with("createdAt", 1736942400.5)
            .with("version", "1.32")
            .with("roleArn", "arn:aws:iam::" + cluster.account() + ":role/eks-" + cluster.name())
            .with("resourcesVpcConfig", network)
            .with("status", cluster.status())
            .with("platformVersion", "eks.1")
            .with("tags", cluster.tags())
            .with("accessConfig", new JsonObject().with("authenticationMode", "API"));
    if (!cluster.endpoint().isEmpty()) {
      description.with("endpoint", cluster.endpoint());
    }
    String data = cluster.caData();
    description.with(
        "certificateAuthority",
        data.isEmpty() ? new JsonObject() : new JsonObject().with("data", data));
    return description;
  }
}
