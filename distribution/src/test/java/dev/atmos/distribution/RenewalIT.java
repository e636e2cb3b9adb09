package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.Gate;
import dev.atmos.loopback.aws.IdentityCenter;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.Operation;
import dev.atmos.loopback.aws.Role;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

  @Test
  void secretsOfEveryAnswer_areWhereTheyMayBe_andNowhereElse() throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(
        with(product.run(place, "auth", "login", "prod", "--no-browser", "--logs-level=Trace"))
            .run()
            .succeeded());
    outcomes.add(token("other", "--logs-level=Trace").run().succeeded());
    center.revokeSessions();
    outcomes.add(
        with(product.run(place, "auth", "whoami", "other", "--offline", "--logs-level=Trace"))
            .run());
    outcomes.add(with(product.run(place, "auth", "logout", "prod", "--logs-level=Trace")).run());
    List<String> secrets = new ArrayList<>();
    for (String secret : aws.secrets()) {
      if (secret.length() >= 12) {
        secrets.add(secret);
        secrets.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
      }
    }
    assertThat(secrets).hasSizeGreaterThan(10);
    for (Outcome outcome : outcomes) {
      for (String secret : secrets) {
        // The token of a cluster holds the session token, which is what it is for.
        assertThat(outcome.stderr()).doesNotContain(secret);
        if (!outcome.stdout().startsWith("{\"apiVersion\"")) {
          assertThat(outcome.stdout()).doesNotContain(secret);
        }
      }
    }
    Path home = place.resolve("home");
    List<String> holders = new ArrayList<>();
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (secrets.stream().anyMatch(text::contains)) {
          holders.add(home.relativize(file).toString().replaceAll("[0-9a-f]{64}", "*"));
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .isEqualTo("rw-------");
        }
      }
    }
    assertThat(Set.copyOf(holders))
        .containsExactlyInAnyOrder(
            ".local/state/atmos/auth/roles/*/credentials",
            ".local/state/atmos/auth/sign-in/plain/provider_*");
  }
}
