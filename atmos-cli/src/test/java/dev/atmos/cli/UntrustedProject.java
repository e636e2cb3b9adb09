package dev.atmos.cli;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.plugin.testkit.FakeClock;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An untrusted project on the machine of an AWS user. */
abstract class UntrustedProject {
  static final String ONE = "111111111111";
  static final String TWO = "222222222222";

  LoopbackAws aws;
  AtmosRun atmos;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(new FakeClock(AtmosRun.NOW));
    aws.add(IamUser.of(ONE, "ci").key(AtmosRun.KEY_ID, AtmosRun.SECRET));
    aws.add(
        Role.of(TWO, "Deploy")
            .trusting("arn:aws:iam::" + ONE + ":user/ci")
            .trustingWebIdentity("sts.amazonaws.com", "repo:acme/app:*"));
    aws.add(Cluster.of("demo", ONE, "us-east-2").server("https://demo.example", Clusters.PEM));
    aws.metadata().job("repo:acme/app:ref:refs/heads/main");
    atmos =
        AtmosRun.unix()
            .env("AWS_ENDPOINT_URL", aws.url())
            .env("GITHUB_RUN_ID", "12345678901")
            .env("USER", "jane")
            .env("ROLE_ARN", "arn:aws:iam::" + TWO + ":role/Deploy")
            .program("atmos", "bin/atmos")
            .program("tool", "bin/tool");
    aws.clock(atmos.machine().clock());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  /** A user whose keys are in the environment. */
  static String user(String fields) {
    return """
    auth:
      identities:
        ci:
          kind: aws/user
          credentials:
            access_key_id: !env AWS_ACCESS_KEY_ID
            secret_access_key: !env AWS_SECRET_ACCESS_KEY
            region: !env AWS_DEFAULT_REGION us-east-1
    """
        + fields;
  }
}
