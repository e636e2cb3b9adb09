package dev.atmos.auth.aws;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.StepRequest;
import java.time.Duration;

/** How the steps of chains call AWS: all of them together have as long as their request says. */
final class AwsCalls {
  private AwsCalls() {}

  static AwsClients of(PluginContext context, StepRequest request) {
    Duration limit = request.limit();
    boolean hurried = limit.compareTo(AwsLimits.COMMAND.call()) < 0;
    return new AwsClients(context, within(limit, hurried ? AwsLimits.TOKEN : AwsLimits.COMMAND));
  }

  private static AwsLimits within(Duration total, AwsLimits limits) {
    return new AwsLimits(
        limits.connect(),
        limits.silence(),
        limits.call(),
        total,
        limits.attempts(),
        limits.pause());
  }
}
