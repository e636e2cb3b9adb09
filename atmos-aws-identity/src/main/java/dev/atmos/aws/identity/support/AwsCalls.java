package dev.atmos.aws.identity.support;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.services.Services;
import java.time.Duration;

/** The limits by which steps of a chain call AWS. */
public final class AwsCalls {

  private AwsCalls() {}

  /** For many calls in a row, some of which AWS will throttle. */
  public static AwsClients ofMany(Services context) {
    AwsLimits limits = AwsLimits.ofCommand();
    return new AwsClients(
        context,
        new AwsLimits(limits.connect(), limits.silence(), limits.call(), null, 10, limits.pause()));
  }

  /** For a logout: 3 s, and one attempt. */
  public static AwsClients ofLogout(Services context) {
    Duration most = Duration.ofSeconds(3);
    return new AwsClients(
        context, new AwsLimits(most, most, most, most, 1, Duration.ofMillis(100)));
  }

  /**
   * For one step. While a person signs in, there is no limit to all calls together: polling goes on
   * for as long as the person takes.
   */
  public static AwsClients of(Services context, StepRequest request) {
    if (request.dialog().isPresent()) {
      return new AwsClients(context, AwsLimits.ofCommand());
    }
    Duration limit = request.timeLeft();
    boolean hurried = limit.compareTo(AwsLimits.ofCommand().call()) < 0;
    AwsLimits limits = hurried ? AwsLimits.ofToken() : AwsLimits.ofCommand();
    return new AwsClients(
        context,
        new AwsLimits(
            limits.connect(),
            limits.silence(),
            limits.call(),
            limit,
            limits.attempts(),
            limits.pause()));
  }
}
