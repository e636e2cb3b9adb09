package dev.atmos.auth.aws;

import dev.atmos.auth.config.IdentityDetails;
import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsTarget;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import software.amazon.awssdk.services.sts.StsClient;

/** Acts as the root user of a member account, with the credentials of the step before. */
final class AssumeRootCall {
  private static final int LEAST_SECONDS = 1;
  private static final int MOST_SECONDS = 15 * 60;

  private AssumeRootCall() {}

  static AwsCredentials credentials(IdentitySpec spec, PluginContext context, StepRequest request) {
    if (!(Definitions.of(spec).details() instanceof IdentityDetails.AssumeRoot root)) {
      throw new IllegalStateException("another kind of identity");
    }
    if (!(request.input().orElse(null) instanceof AwsCredentials base)) {
      throw Steps.wrongInput(spec, "an identity");
    }
    String own = root.region();
    String region =
        own != null ? own : request.region().orElse(Steps.usualRegion(root.taskPolicyArn()));
    AwsTarget target =
        AwsTarget.of("STS", region).at(Definitions.trusted(context, root.endpointUrl()));
    Duration asked = root.duration();
    Integer seconds =
        asked == null
            ? null
            : Steps.seconds(context.console(), spec.name(), asked, LEAST_SECONDS, MOST_SECONDS);
    AwsClients aws = AwsCalls.of(context, request);
    try (StsClient sts = aws.client(StsClient.builder(), target, base)) {
      return Steps.withInput(() ->
          Steps.credentials(
              spec,
              aws.call(
                      "act as root of account "
                          + root.targetPrincipal()
                          + " for identity "
                          + DisplayNames.quoted(spec.name()),
                      () ->
                          sts.assumeRoot(call ->
                              call.targetPrincipal(root.targetPrincipal())
                                  .taskPolicyArn(policy -> policy.arn(root.taskPolicyArn()))
                                  .durationSeconds(seconds)))
                  .credentials()));
    }
  }
}
