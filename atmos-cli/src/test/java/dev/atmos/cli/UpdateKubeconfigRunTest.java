package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.cli.AtmosRun.View;
import dev.atmos.loopback.aws.Cluster;
import dev.atmos.loopback.aws.IamUser;
import dev.atmos.loopback.aws.LoopbackAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code atmos aws eks update-kubeconfig}, with the stand-in for AWS. */
final class UpdateKubeconfigRunTest {
  private LoopbackAws aws;

  @BeforeEach
  void start() throws Exception {
    aws =
        LoopbackAws.start()
            .add(IamUser.of("111122223333", "dev").key(AtmosRun.KEY_ID, AtmosRun.SECRET));
    aws.add(
        Cluster.of("demo", "111122223333", "us-east-2").server("https://127.0.0.1:1", aws.caPem()));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @ParameterizedTest
  @EnumSource
  void update_ofOneCluster(View view) throws Exception {
    AtmosRun atmos =
        view.atmos().env("ATMOS_LOGS_LEVEL", "Debug").env("AWS_ENDPOINT_URL", aws.url()).keys();
    Result r =
        atmos.run("aws", "eks", "update-kubeconfig", "--name", "demo", "--region", "us-east-2");
    System.out.println(r);
    System.out.println(
        atmos.run(
            "aws",
            "eks",
            "update-kubeconfig",
            "--name",
            "demo",
            "--region",
            "us-east-2",
            "--verbose"));
    System.out.println(
        atmos.run(
            "aws",
            "eks",
            "update-kubeconfig",
            "--name",
            "demo",
            "--region",
            "us-east-2",
            "--dry-run",
            "--alias",
            "x"));
    System.out.println(
        atmos.run(
            "aws",
            "eks",
            "update-kubeconfig",
            "--name",
            "demo",
            "--region",
            "us-east-2",
            "--output",
            "json",
            "--alias",
            "x"));
    System.out.println(
        atmos.run("aws", "eks", "update-kubeconfig", "--name", "demi", "--region", "us-east-2"));
    System.out.println(
        atmos.run(
            "aws",
            "eks",
            "update-kubeconfig",
            "--name",
            "demo",
            "--name",
            "other",
            "--region",
            "us-east-2"));
    System.out.println(
        atmos.run(
            "aws",
            "eks",
            "update-kubeconfig",
            "--name",
            "demo",
            "--region",
            "us-east-2",
            "--remove"));
    assertThat(r.exitCode()).isZero();
  }
}
