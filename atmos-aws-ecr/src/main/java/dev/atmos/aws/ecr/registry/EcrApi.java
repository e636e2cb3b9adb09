package dev.atmos.aws.ecr.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.JsonOperation;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import java.io.IOException;
import java.time.Instant;
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
    String answer =
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

  /** The one answer is a list, and the other an object. */
  private static @Nullable RegistryPassword read(String answer) {
    String login = null;
    Instant until = null;
    try (JsonParser parser = new JsonFactory().createParser(answer)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String name = token.isScalarValue() ? String.valueOf(parser.currentName()) : "";
        if (name.equals("authorizationToken") && token == JsonToken.VALUE_STRING) {
          login = parser.getText();
        } else if (name.equals("expiresAt") && token.isNumeric()) {
          until = Instant.ofEpochSecond(parser.getDecimalValue().longValue());
        }
      }
      return login == null || until == null ? null : new RegistryPassword(Secret.of(login), until);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }
}
