package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import dev.atmos.loopback.aws.protocol.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code aws eks clusters} in whole runs. */
final class ClustersRunTest {
  private static final String FOREIGN =
      """
      apiVersion: v1
      kind: Config
      clusters:
      - {name: arn:aws:eks:us-east-1:444455556666:cluster/theirs, cluster: {server: "https://x.gr7.us-east-1.eks.amazonaws.com"}}
      - {name: kind-local, cluster: {server: "https://127.0.0.1:6443"}}
      contexts:
      - {name: theirs, context: {cluster: "arn:aws:eks:us-east-1:444455556666:cluster/theirs", user: theirs}}
      - {name: local, context: {cluster: kind-local, user: local}}
      users:
      - {name: theirs, user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: [eks, get-token]}}}
      - {name: local, user: {token: example}}
      """;

  private final Clusters clusters = new Clusters();

  @AfterEach
  void stop() {
    clusters.close();
  }

  private AtmosRun project(View view) {
    AtmosRun atmos = clusters.project(view.atmos()).file("~/.kube/config", FOREIGN);
    Clusters.update(atmos, "--name", "demo", "--region", "us-east-2", "--alias", "demo");
    Clusters.update(atmos, "--name", "demo", "--region", "eu-west-1", "-i", "far", "--no-switch");
    return atmos;
  }

  @ParameterizedTest
  @EnumSource
  void table_hasTheClustersOfEks_withWhoTheyAreUsedAs(View view) {
    AtmosRun atmos = project(view);
    int calls = clusters.aws().calls().size();

    assertThat(atmos.run("aws", "eks", "clusters").answer())
        .isEqualTo(
            """
               CONTEXT                                          CLUSTER  REGION     ACCOUNT       IDENTITY  SIGN-IN
               theirs                                           theirs   us-east-1  444455556666  -         gets its credentials from aws
            *  demo                                             demo     us-east-2  111122223333  dev       gets credentials when it is used
               arn:aws:eks:eu-west-1:444455556666:cluster/demo  demo     eu-west-1  444455556666  far       gets credentials when it is used
            """);
    assertThat(clusters.aws().calls()).hasSize(calls);
  }

  @Test
  void identities_areThoseOfTheConfigurationThatTheEntryNames() {
    AtmosRun atmos = project(View.UNIX);
    atmos.file("/elsewhere/atmos.yaml", "auth: {identities: {dev: {kind: aws/user}}}");

    assertThat(atmos.run("aws", "eks", "clusters", "--chdir", "/elsewhere").answer())
        .contains("dev       gets credentials when it is used");

    atmos.file("atmos.yaml", "auth: {identities: {other: {kind: aws/user}}}");
    assertThat(atmos.run("aws", "eks", "clusters").answer())
        .contains("dev       unknown identity 'dev'; run: atmos aws eks doctor demo\n");
  }

  @Test
  void answer_forPrograms_hasAllKeys() {
    AtmosRun atmos = project(View.UNIX);

    assertThat(atmos.run("aws", "eks", "clusters", "-o", "json").answer())
        .contains(
            """
            {
              "context": "demo",
              "current": true,
              "cluster": "demo",
              "region": "us-east-2",
              "account": "111122223333",
              "identity": "dev",
              "command": "atmos",
              "state": "not_needed",
              "until": null,
              "kubeconfig": "/home/dev/.kube/config"
            },
            """
                .indent(4));
  }

  @Test
  void remote_addsWhatTheKubeconfigLacks() {
    AtmosRun atmos = project(View.UNIX).env("AWS_REGION", "eu-west-1");

    assertThat(atmos.run("aws", "eks", "clusters", "--remote").answer())
        .contains(
            "-        ",
            "not in the kubeconfig; run: atmos aws eks update-kubeconfig --name other --region"
                + " us-east-2 -i dev")
        .hasLineCount(6);
    assertThat(clusters.aws().count(Operation.LIST_CLUSTERS)).isEqualTo(3);
  }

  @Test
  void remote_whereAwsDoesNotAnswer_saysWhyAndListsTheRest() {
    AtmosRun atmos = project(View.UNIX);
    clusters.aws().deny("*", Operation.LIST_CLUSTERS);

    AtmosRun.Result result = atmos.run("aws", "eks", "clusters", "--remote");

    assertThat(result.exitCode()).isZero();
    assertThat(result.stdout()).hasLineCount(4);
    assertThat(result.stderr()).contains("atmos: could not list the EKS clusters in us-east-2");
  }

  @Test
  void kubeconfigs_withoutAClusterOfEks_saySo() {
    AtmosRun atmos = clusters.project(AtmosRun.unix()).file("mine", FOREIGN.replace("eks", "x"));

    AtmosRun.Result result = atmos.run("aws", "eks", "clusters", "--kubeconfig", "mine");

    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr())
        .isEqualTo(
            "atmos: no EKS cluster is in the kubeconfig; add one: atmos aws eks update-kubeconfig"
                + " --name NAME --region REGION\n");
  }

  @Test
  void context_ofACommand_isCompleted() {
    AtmosRun atmos = project(View.UNIX);

    assertThat(atmos.run("__complete", "--", "aws", "eks", "doctor", "").answer())
        .contains("theirs", "demo")
        .doesNotContain("local");
  }
}
