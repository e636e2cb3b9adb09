package dev.atmos.aws.ecr.registry;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.JsonOperation;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.PartitionEndpointKey;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Asks ECR for passwords.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html">
 *     GetAuthorizationToken</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_GetAuthorizationToken.html">
 *     GetAuthorizationToken of ECR Public</a>
 */
final class EcrApi {
  private final Services services;

  EcrApi(Services services) {
    this.services = services;
  }

  /**
   * A new password, good for as long as the credentials are, and for 12 hours at most.
   *
   * @throws AtmosException as {@link AwsClients#json} does
   */
  RegistryPassword password(Registry registry, AwsCredentials credentials) {
    AwsClients aws = new AwsClients(services, AwsLimits.ofToken());
    String service = registry.isPublic() ? "ecr-public" : "ecr";
    String what = "get a password of " + registry;
    Map<String, Secret> answer =
        aws.json(
            what,
            AwsTarget.of(registry.isPublic() ? "ECR PUBLIC" : "ECR", registry.region()),
            new JsonOperation(
                host(service, registry.region(), aws.usesFips(), aws.usesDualStack()),
                service,
                registry.isPublic()
                    ? "SpencerFrontendService.GetAuthorizationToken"
                    : "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken"),
            credentials);
    RegistryPassword password = read(answer);
    if (password == null) {
      throw new AtmosException(
          ExitCode.UNAVAILABLE, "could not " + what + ": AWS's answer has none", "try again");
    }
    Instant end = credentials.expiresAt();
    return end == null || end.isAfter(password.until())
        ? password
        : new RegistryPassword(password.login(), end);
  }

  /**
   * AWS's own host of the API.
   *
   * @param service {@code ecr} or {@code ecr-public}
   */
  static String host(String service, String region, boolean fips, boolean dualStack) {
    PartitionMetadata partition = PartitionMetadata.of(Region.of(region));
    String domain =
        partition.dnsSuffix(
            PartitionEndpointKey.builder()
                .tags(dualStack ? new EndpointTag[] {EndpointTag.DUALSTACK} : new EndpointTag[0])
                .build());
    String name = service + (fips ? "-fips" : "");
    return (dualStack ? "" : "api.") + name + "." + region + "." + domain;
  }

  private static @Nullable RegistryPassword read(Map<String, Secret> answer) {
    Secret login = answer.get("authorizationToken");
    Secret until = answer.get("expiresAt");
    if (login == null || until == null) {
      return null;
    }
    try {
      long seconds = new BigDecimal(until.reveal()).longValue();
      return new RegistryPassword(login, Instant.ofEpochSecond(seconds));
    } catch (IllegalArgumentException | DateTimeException e) {
      return null;
    }
  }
}
