package dev.atmos.aws;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.sts.StsClient;

/** An AWS on this machine with one user and one cluster, and whoever calls it. */
final class AwsScene implements AutoCloseable {
  static final String REGION = "us-east-2";
  static final AccessKey KEY =
      new AccessKey("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  static final AwsCredentials CREDENTIALS =
      AwsCredentials.of(KEY.id(), Secret.of(KEY.secret()), null, null);

  /** Long enough for a machine that is busy, and no test waits for them. */
  static final AwsLimits LIMITS =
      new AwsLimits(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          null,
          3,
          Duration.ofMillis(1));

  final LoopbackAws aws;
  final FakeServices context = new FakeServices();

  AwsScene() throws IOException {
    // What one client has learned of the clock, the SDK tells all others of the process.
    SdkGlobalTime.setGlobalTimeOffset(0);
    aws =
        LoopbackAws.start()
            .add(IamUser.of("111122223333", "alice").key(KEY.id(), KEY.secret()))
            .add(Cluster.of("demo", "111122223333", REGION));
    context.environment().set("AWS_ENDPOINT_URL", aws.url());
  }

  String callSts(AwsLimits limits) {
    return callSts(limits, CREDENTIALS);
  }

  String callSts(AwsLimits limits, @Nullable AwsCredentials credentials) {
    AwsClients clients = new AwsClients(context, limits);
    try (StsClient sts =
        clients.client(StsClient.builder(), AwsTarget.of("STS", REGION), credentials)) {
      return clients.call("ask STS who we are", () -> sts.getCallerIdentity().arn());
    }
  }

  String callEks(AwsLimits limits) {
    return callEks(limits, target -> target);
  }

  String callEks(AwsLimits limits, Function<AwsTarget, AwsTarget> target) {
    AwsClients clients = new AwsClients(context, limits);
    try (EksClient eks =
        clients.client(
            EksClient.builder(), target.apply(AwsTarget.of("EKS", REGION)), CREDENTIALS)) {
      return clients.call(
          "describe the EKS cluster 'demo'",
          () -> eks.describeCluster(request -> request.name("demo")).cluster().arn());
    }
  }

  /** What a call fails with; nothing secret is in it, nor in anything that was said meanwhile. */
  AtmosException failure(ThrowingCallable call) {
    AtmosException failure = catchThrowableOfType(AtmosException.class, call);
    StringBuilder shown = new StringBuilder(context.console().debugged());
    shown.append(context.console().said());
    for (Throwable each = failure; each != null; each = each.getCause()) {
      shown.append(each).append('\n');
    }
    for (String secret : aws.secrets()) {
      if (shown.indexOf(secret) >= 0) {
        throw new AssertionError("a secret is shown: " + failure);
      }
    }
    return failure;
  }

  @Override
  public void close() {
    aws.close();
  }
}
