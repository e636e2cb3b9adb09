package dev.atmos.auth.aws;

import dev.atmos.auth.Words;
import dev.atmos.auth.config.IdentityDetails;
import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsTarget;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.config.ConfigMap;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * {@code aws/assume-root}: the root user of a member account, for one task.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html">STS
 *     AssumeRoot</a>
 */
public final class AssumeRootType implements IdentityType {
  private static final int LEAST_SECONDS = 1;
  private static final int MOST_SECONDS = 15 * 60;

  @Override
  public String kind() {
    return "aws/assume-root";
  }

  @Override
  public Identity create(IdentitySpec spec, PluginContext context) {
    return new AssumeRoot(spec, context);
  }

  private record AssumeRoot(IdentitySpec spec, PluginContext context) implements Identity {
    private static final String[] PARTS = {
      "target_principal", "task_policy_arn", "duration", "region"
    };

    @Override
    public Optional<Map<String, String>> madeFrom() {
      Map<String, String> parts = new TreeMap<>();
      Optional<ConfigMap> principal = spec.fields().map("principal");
      if (principal.isPresent()) {
        for (String part : PARTS) {
          Parts.put(parts, principal.get(), part);
        }
      }
      Parts.putEndpoint(parts, spec.fields());
      return Optional.of(parts);
    }

    @Override
    public Optional<String> region() {
      Optional<ConfigMap> principal = spec.fields().map("principal");
      return principal.isPresent() ? principal.get().text("region") : Optional.empty();
    }

    @Override
    public AwsCredentials credentials(StepRequest request) {
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
                            + Words.quoted(spec.name()),
                        () ->
                            sts.assumeRoot(call ->
                                call.targetPrincipal(root.targetPrincipal())
                                    .taskPolicyArn(policy -> policy.arn(root.taskPolicyArn()))
                                    .durationSeconds(seconds)))
                    .credentials()));
      }
    }
  }
}
