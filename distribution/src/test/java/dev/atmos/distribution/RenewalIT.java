package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.Gate;
import dev.atmos.loopback.aws.IdentityCenter;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.Operation;
import dev.atmos.loopback.aws.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many processes that want what has expired, and one that gets it for all of them. */
class RenewalIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final int PROCESSES = 100;
  private static final String START_URL = "https://acme.awsapps.com/start";
  private static final String CONFIGURATION =
      """
      auth:
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: https://acme.awsapps.com/start
            region: us-east-1
        identities:
          dev:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111122223333"}}
          other:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: View, account: {id: "111122223333"}}
          prod:
            kind: aws/assume-role
            via: {identity: dev}
            principal: {assume_role: arn:aws:iam::444455556666:role/Deploy}
      """;

  private static final Product product = Product.selfContained();

  private LoopbackAws aws;
  private IdentityCenter center;
  private Path place;

  @BeforeEach
  void start() throws Exception {
    aws = LoopbackAws.start();
    center = aws.identityCenter(START_URL, "us-east-1").autoAllow("ann", 0);
    center.assign("ann", "111122223333", "dev", "Admin", "View");
    aws.add(Role.of("444455556666", "Deploy").trusting(center.roleArn("111122223333", "Admin")));
    place = scratch.directory();
    Launch.write(place.resolve("cwd/atmos.yaml"), CONFIGURATION);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private Launch with(Launch launch) {
    return launch
        .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        .env("AWS_ENDPOINT_URL", aws.url())
        .env("ATMOS_KEYRING_TYPE", "plain");
  }

  private Launch token(String identity, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("--identity", identity));
    words.addAll(List.of(more));
    return with(product.token(place, words.toArray(new String[0])));
  }

  private void signIn(String identity) throws Exception {
    with(product.run(place, "auth", "login", identity, "--no-browser")).run().succeeded();
  }

  /** All at once; each has to answer with a token. */
  private void tokens(String identity) throws Exception {
    List<Launch.Running> running = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      running.add(token(identity).start());
    }
    for (Launch.Running each : running) {
      Outcome outcome = each.finish(120);
      outcome.succeeded().quiet();
      assertThat(Credentials.token(outcome.stdout())).startsWith("k8s-aws-v1.");
    }
  }

  @Test
  void hundredProcesses_withExpiredRoleCredentials_getThemOnce() throws Exception {
    center.roleCredentialLifetime(Duration.ofMinutes(2));
    signIn("dev");
    center.roleCredentialLifetime(Duration.ofHours(1));
    int before = aws.count(Operation.GET_ROLE_CREDENTIALS);

    tokens("dev");

    assertThat(aws.count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(before + 1);
  }

  @Test
  void hundredProcesses_withAnExpiredSession_refreshItOnce_andKeepTheLastToken() throws Exception {
    center.roleCredentialLifetime(Duration.ofMinutes(2));
    center.accessTokenLifetime(Duration.ofMinutes(2));
    signIn("dev");
    int tokens = aws.count(Operation.CREATE_TOKEN);
    center.roleCredentialLifetime(Duration.ofHours(1));
    center.accessTokenLifetime(Duration.ofHours(1));

    tokens("dev");

    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(tokens + 1);
    // A refresh token works once: only the last one can renew the session again.
    center.revokeAccessTokens();
    token("other").run().succeeded();
    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(tokens + 2);
  }

  @Test
  void holderThatIsKilled_leavesItsTurnToTheNext() throws Exception {
    center.roleCredentialLifetime(Duration.ofMinutes(2));
    signIn("dev");
    center.roleCredentialLifetime(Duration.ofHours(1));
    try (Gate gate = aws.hold(Operation.GET_ROLE_CREDENTIALS)) {
      Launch.Running holder = token("dev").start();
      gate.awaitArrivals(1);
      Launch.Running next = token("dev").start();
      holder.process().destroyForcibly();
      gate.awaitArrivals(1);
      gate.open();
      assertThat(holder.finish().exit()).isEqualTo(137);
      next.finish().succeeded().quiet();
    }
  }

  @Test
  void serverThatNeverAnswers_isWaitedForWithAnEnd() throws Exception {
    signIn("dev");
    try (Gate gate = aws.hold(Operation.GET_ROLE_CREDENTIALS)) {
      Launch.Running running = token("other").start();
      gate.awaitArrivals(1);
      String line = running.finish().failed(6);
      assertThat(line).contains("could not get credentials of identity 'other'");
    }
  }
}
