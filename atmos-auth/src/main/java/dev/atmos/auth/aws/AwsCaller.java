package dev.atmos.auth.aws;

import dev.atmos.auth.chain.CallerIdentity;
import dev.atmos.auth.config.AuthReader;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.IdentityDetails;
import dev.atmos.auth.config.Keys;
import dev.atmos.auth.config.Located;
import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.text.DisplayNames;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Asks STS whose credentials some are. */
public final class AwsCaller implements CallerIdentity.Source {

  /** A class, because all services are named on the token path, where a lambda costs more. */
  public static final class Factory implements Function<PluginContext, CallerIdentity.Source> {

    /** For the plugin. */
    public Factory() {}

    @Override
    public CallerIdentity.Source apply(PluginContext context) {
      return new AwsCaller(context);
    }
  }

  private static final String USUAL_REGION = "us-east-1";

  private final PluginContext context;

  private AwsCaller(PluginContext context) {
    this.context = context;
  }

  @Override
  public CallerIdentity of(
      @Nullable String identity, AwsCredentials credentials, @Nullable String region) {
    AwsClients aws = new AwsClients(context, AwsLimits.ofCommand());
    AwsTarget target =
        AwsTarget.of("STS", region != null ? region : ofEnvironment())
            .at(identity == null ? null : endpoint(identity));
    String what =
        identity == null
            ? "ask AWS whose the environment's credentials are"
            : "ask AWS who identity " + DisplayNames.quoted(identity) + " is";
    try (StsClient sts = aws.client(StsClient.builder(), target, credentials)) {
      GetCallerIdentityResponse answer = aws.call(what, sts::getCallerIdentity);
      return new CallerIdentity(answer.account(), answer.arn());
    }
  }

  private String ofEnvironment() {
    return context
        .environment()
        .nonEmpty("AWS_REGION")
        .or(() -> context.environment().nonEmpty("AWS_DEFAULT_REGION"))
        .orElse(USUAL_REGION);
  }

  private @Nullable String endpoint(String identity) {
    Optional<ConfigMap> auth = context.config(Keys.AUTH);
    IdentityDefinition definition =
        auth.isEmpty() ? null : new AuthReader(auth.get()).config().identities().get(identity);
    if (definition == null) {
      return null;
    }
    Located url =
        switch (definition.details()) {
          case IdentityDetails.PermissionSet set -> set.endpointUrl();
          case IdentityDetails.AssumeRole role -> role.endpointUrl();
          case IdentityDetails.AssumeRoot root -> root.endpointUrl();
          case IdentityDetails.User user -> user.endpointUrl();
          default -> null;
        };
    return Definitions.trusted(context, url);
  }
}
