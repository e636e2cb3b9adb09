package dev.atmos.auth.aws;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.services.Services;
import dev.atmos.plugin.auth.StepRequest;
import java.time.Duration;

/** How the steps of chains call AWS. */
final class AwsCalls {

  private AwsCalls() {}

  /** For many calls after each other, of which some will be too many. */
  static AwsClients ofMany(Services context) {
    AwsLimits limits = AwsLimits.ofCommand();
    return new AwsClients(
        context,
        new AwsLimits(limits.connect(), limits.silence(), limits.call(), null, 10, limits.pause()));
  }

  /** To tell the other side of a logout: 3 s, and once. */
  static AwsClients ofLogout(Services context) {
    Duration most = Duration.ofSeconds(3);
    return new AwsClients(
        context, new AwsLimits(most, most, most, most, 1, Duration.ofMillis(100)));
  }

  /**
   * For as long as a step may take. While a person is waited for, that is no limit to all calls
   * together: there are as many of them as it takes the person.
   */
  static AwsClients of(Services context, StepRequest request) {
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
