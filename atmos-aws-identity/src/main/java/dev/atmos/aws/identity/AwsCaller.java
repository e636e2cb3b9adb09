package dev.atmos.aws.identity;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.identity.identitycenter.PermissionSetType;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.Services;
import dev.atmos.services.auth.CallerIdentity;
import dev.atmos.text.DisplayNames;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Asks STS who credentials belong to. */
final class AwsCaller implements CallerIdentity.Source {

  /** A class, because all services are named on the token path, where a lambda costs more. */
  static final class Factory implements Function<Services, CallerIdentity.Source> {
    @Override
    public CallerIdentity.Source apply(Services services) {
      return new AwsCaller(services);
    }
  }

  private static final String DEFAULT_REGION = "us-east-1";

  private final Services services;

  private AwsCaller(Services services) {
    this.services = services;
  }

  @Override
  public CallerIdentity of(
      @Nullable Definition identity, AwsCredentials credentials, @Nullable String region) {
    AwsClients aws = new AwsClients(services, AwsLimits.ofCommand());
    AwsTarget target = AwsTarget.of("STS", region != null ? region : environmentRegion());
    String what = "ask AWS who the environment's credentials belong to";
    if (identity != null) {
      target = target.at(EndpointUrl.of(identity, PermissionSetType.FORMER_ENDPOINT_URL));
      what = "ask AWS who identity " + DisplayNames.quoted(identity.name()) + " is";
    }
    try (StsClient sts = aws.client(StsClient.builder(), target, credentials)) {
      GetCallerIdentityResponse answer = aws.call(what, sts::getCallerIdentity);
      return new CallerIdentity(answer.account(), answer.arn());
    }
  }

  private String environmentRegion() {
    return services
        .environment()
        .nonEmpty("AWS_REGION")
        .or(() -> services.environment().nonEmpty("AWS_DEFAULT_REGION"))
        .orElse(DEFAULT_REGION);
  }
}
