package dev.atmos.cli;

import static dev.atmos.cli.Clusters.context;
import static dev.atmos.cli.Clusters.contexts;
import static dev.atmos.cli.Clusters.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.cli.AtmosRun.View;
import dev.atmos.cli.Clusters.Context;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.RecordedCall;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.Cluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code update-kubeconfig} of many clusters, and of clusters that are reached another way. */
final class UpdateAllRunTest {
  private static final String KUBECONFIG = "~/.kube/config";
  private static final String MINE = "apiVersion: v1\nkind: Config\n# mine\n";

  private final Clusters clusters = new Clusters();

  @AfterEach
  void stop() {
    clusters.close();
  }

  private AtmosRun project(View view) {
    return clusters.project(view.atmos());
  }

  @ParameterizedTest
  @EnumSource
  void allRegions_ofAnAccount_areListedAtOnceAndWrittenOnce(View view) {
    clusters.aws().enabledRegions("us-east-2", "eu-west-1", "us-east-1");
    AtmosRun atmos = project(view);

    Result result =
        update(atmos, "--all", "--regions", "all", "--alias", "{account}/{region}/{cluster}");

    assertThat(result.exitCode()).isZero();
    assertThat(result.stderr())
        .contains(
            "left out, as these credentials aren't taken there: af-south-1, ",
            "\nEKS kubeconfig: 3 clusters, 3 added, 0 changed, 0 up to date\n",
            "current context: 111122223333/eu-west-1/demo\n");
    assertThat(contexts(atmos.read(KUBECONFIG)))
        .containsOnlyKeys(
            "111122223333/eu-west-1/demo",
            "111122223333/us-east-2/demo",
            "111122223333/us-east-2/other");
    assertThat(clusters.aws().calls(Operation.LIST_CLUSTERS)).hasSizeGreaterThan(25);

    assertThat(
            update(atmos, "--all", "--regions", "all", "--alias", "{account}/{region}/{cluster}")
                .stderr())
        .contains("EKS kubeconfig: 3 clusters, 0 added, 0 changed, 3 up to date\n");
  }

  @Test
  void allClusters_ofWhichOneFails_areAddedAndTheExitCodeSaysSo() {
    clusters.aws().add(Cluster.of("new", Clusters.ONE, "us-east-2").status("CREATING"));
    AtmosRun atmos = project(View.UNIX);

    Result result = update(atmos, "--all", "--region", "us-east-2", "--output", "json");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.stdout())
        .contains(
            "\"context\": \"arn:aws:eks:us-east-2:111122223333:cluster/demo\"",
            "\"cluster\": \"new\"",
            "\"exitCode\": 6");
    assertThat(contexts(atmos.read(KUBECONFIG))).hasSize(2);
  }

  @Test
  void clusters_withATag_areTheOnlyOnes() {
    clusters
        .aws()
        .add(
            Cluster.of("shop", Clusters.ONE, "us-east-2")
                .server("https://shop.example", Clusters.PEM)
                .tagged(Map.of("team", "shop", "env", "test")));
    AtmosRun atmos = project(View.UNIX);
    String[] words = {"--all", "--region=us-east-2", "--tag=team=shop", "--tag=env=test"};

    assertThat(update(atmos, words).exitCode()).isZero();
    assertThat(contexts(atmos.read(KUBECONFIG))).hasSize(1);
    assertThat(
            update(atmos, "--all", "--region=us-east-2", "--tag=team=", "--output=json").stdout())
        .contains("\"clusters\": []");
  }

  @Test
  void throttledCalls_ofManyClusters_areRepeated() {
    clusters.aws().failNext(Operation.LIST_CLUSTERS, Fault.throttled());
    clusters.aws().failNext(Operation.DESCRIBE_CLUSTER, Fault.throttled());
    AtmosRun atmos = project(View.UNIX);

    assertThat(update(atmos, "--all", "--region", "us-east-2").exitCode()).isZero();
    assertThat(contexts(atmos.read(KUBECONFIG))).hasSize(2);
  }

  @Test
  void roleToAssume_looksClustersUpAndIsInNoEntry() {
    String role = "arn:aws:iam::444455556666:role/Reader";
    clusters
        .aws()
        .add(Role.of(Clusters.TWO, "Reader").trusting("arn:aws:iam::111122223333:user/dev"));
    AtmosRun atmos = project(View.UNIX);

    assertThat(
            update(atmos, "--all", "--region", "us-east-2", "--assume-role-arn", role).exitCode())
        .isZero();
    Context context =
        context(atmos.read(KUBECONFIG), "arn:aws:eks:us-east-2:444455556666:cluster/demo");
    assertThat(context.words())
        .containsExactly(
            "aws",
            "eks",
            "token",
            "--cluster-name",
            "demo",
            "--region",
            "us-east-2",
            "--identity",
            "dev");
    assertThat(clusters.aws().calls(Operation.ASSUME_ROLE))
        .hasSize(1)
        .extracting(RecordedCall::body)
        .allMatch(body -> body.contains("RoleSessionName=EKSDescribeClusterSession"));
  }

  @Test
  void role_ofAConfiguredIdentity_picksItAndIsInNoWordOfTheEntry() {
    String arn = "arn:aws:iam::111122223333:role/Deploy";
    clusters
        .aws()
        .add(Role.of(Clusters.ONE, "Deploy").trusting("arn:aws:iam::111122223333:user/dev"));
    String deploy =
        "  identities:\n    deploy:\n      kind: aws/assume-role\n      via: {identity: dev}\n"
            + "      principal: {assume_role: \""
            + arn
            + "\", region: us-east-2}\n";
    AtmosRun atmos =
        clusters
            .in(View.UNIX.atmos())
            .file("atmos.yaml", Clusters.CONFIGURATION.replaceFirst("  identities:\n", deploy));

    assertThat(update(atmos, "--name", "demo", "--role-arn", arn).exitCode()).isZero();
    assertThat(context(atmos.read(KUBECONFIG), Clusters.DEMO).words())
        .hasSize(9)
        .endsWith("--identity", "deploy")
        .doesNotContain(arn);
    assertThat(update(atmos, "--name", "demo", "--role-arn", arn + "er").stderr())
        .isEqualTo(
            "atmos: no identity has the role "
                + arn
                + "er; add one: auth: {identities: {Deployer: {kind: aws/assume-role, via:"
                + " {identity: \"dev\"}, principal: {assume_role: \""
                + arn
                + "er\"}}}}\n");
  }

  @ParameterizedTest
  @EnumSource
  void dash_forTheKubeconfig_printsTheClustersAloneAndTouchesNothing(View view) {
    AtmosRun atmos = project(view).privateFile(KUBECONFIG, MINE);

    String printed =
        update(atmos, "--all", "--region", "us-east-2", "--kubeconfig", "-", "--portable").stdout();

    assertThat(contexts(printed)).hasSize(2);
    assertThat(context(printed, Clusters.DEMO).env()).isEmpty();
    assertThat(printed)
        .contains("current-context: " + Clusters.DEMO + "\n", "command: atmos\n")
        .doesNotContain("# mine");
    assertThat(atmos.read(KUBECONFIG)).isEqualTo(MINE);
  }

  @Test
  void integration_withAllThatCanBeSaid_writesItAndOptionsComeFirst() {
    AtmosRun atmos =
        clusters
            .in(View.UNIX.atmos())
            .file(
                "atmos.yaml",
                Clusters.CONFIGURATION.replaceFirst(
                    "cluster: \\{name: demo, region: us-east-2, alias: dev-eks}",
                    "cluster: {name: demo, region: us-east-2, alias: '{account}.{cluster}',"
                        + " namespace: shop, command: name, endpoint: 'https://127.0.0.1:8443',"
                        + " tls_server_name: kubernetes, proxy_url: 'socks5://127.0.0.1:1080'}"));
    atmos.run("config", "trust", "--yes");

    assertThat(update(atmos, "--integration", "dev/eks").exitCode()).isZero();
    String written = atmos.read(KUBECONFIG);
    assertThat(context(written, "111122223333.demo").server()).isEqualTo("https://127.0.0.1:8443");
    assertThat(written)
        .contains(
            "    tls-server-name: kubernetes\n",
            "    proxy-url: socks5://127.0.0.1:1080\n",
            "    namespace: shop\n");

    assertThat(
            update(
                    atmos,
                    "--integration",
                    "dev/eks",
                    "--server",
                    "https://tunnel.example",
                    "--namespace",
                    "billing")
                .exitCode())
        .isZero();
    assertThat(atmos.read(KUBECONFIG))
        .contains("    namespace: billing\n", "    proxy-url: socks5://127.0.0.1:1080\n");
    assertThat(context(atmos.read(KUBECONFIG), "111122223333.demo").server())
        .isEqualTo("https://tunnel.example");
  }

  @Test
  void endpoint_ofAFileThatIsNotTrusted_isRefused() {
    AtmosRun atmos =
        clusters
            .in(View.UNIX.atmos())
            .file(
                "atmos.yaml",
                Clusters.CONFIGURATION.replaceFirst(
                    "alias: dev-eks", "endpoint: 'https://evil.example'"));

    for (String field : List.of("endpoint", "proxy_url", "tls_server_name")) {
      String value = field.equals("tls_server_name") ? "evil.example" : "https://evil.example";
      AtmosRun other =
          clusters
              .in(View.UNIX.atmos())
              .file(
                  "atmos.yaml",
                  Clusters.CONFIGURATION.replaceFirst(
                      "alias: dev-eks", field + ": '" + value + "'"));
      assertThat(update(other, "--integration", "dev/eks").stderr()).contains("not trusted");
    }
    assertThat(clusters.aws().count(Operation.DESCRIBE_CLUSTER)).isZero();
    assertThat(update(atmos, "--name", "demo", "--region", "us-east-2").exitCode()).isZero();
  }
}
