package dev.atmos.cli;

import static dev.atmos.cli.Clusters.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.cli.AtmosRun.View;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code update-kubeconfig} says to what it can't do, with the exit code. In each case the
 * kubeconfig stays as it is.
 */
final class UpdateKubeconfigBadInputRunTest {
  private static final String EXAMPLE =
      "atmos aws eks update-kubeconfig --name NAME --region REGION";
  private static final String ARN = "arn:aws:eks:us-east-2:111122223333:cluster/demo";
  private static final String BEFORE = "apiVersion: v1\nkind: Config\n# mine\n";

  record Row(
      String name, int exitCode, String part, BiConsumer<Clusters, AtmosRun> world, String words) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row words(String words, String part) {
    return new Row(words, 2, part, (clusters, atmos) -> {}, words);
  }

  private static Row world(
      String name, int exitCode, String part, BiConsumer<Clusters, AtmosRun> world, String words) {
    return new Row(name, exitCode, part, world, words);
  }

  private static Row cluster(String name, int exitCode, String part, Cluster cluster) {
    return world(
        name,
        exitCode,
        part,
        (clusters, atmos) -> clusters.aws().add(cluster),
        "--name demo --region us-east-2");
  }

  private static Row aws(String name, int exitCode, String part, Fault fault) {
    return world(
        name,
        exitCode,
        part,
        (clusters, atmos) -> clusters.aws().failAlways(Operation.DESCRIBE_CLUSTER, fault),
        "--name demo --region us-east-2");
  }

  private static Row kubeconfig(String name, int exitCode, String part, String content) {
    return world(
        name,
        exitCode,
        part,
        (clusters, atmos) -> atmos.privateFile("~/.kube/config", content),
        "--name demo --region us-east-2");
  }

  private static Cluster demo() {
    return Cluster.of("demo", Clusters.ONE, "us-east-2");
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(typed());
    rows.addAll(identities());
    rows.addAll(integrations());
    rows.addAll(fromAws());
    rows.addAll(files());
    return rows;
  }

  private static List<Row> typed() {
    return List.of(
        words(
            "",
            "no cluster is named; "
                + EXAMPLE
                + ", or --integration with one of: dev/eks, elsewhere, once, gone"),
        words("--name", "--name needs a value"),
        words("--name= --region us-east-2", "--name is empty"),
        words("--name -demo --region us-east-2", "for option '--name' but found '-demo'"),
        words("--name a_b! --region us-east-2", "--name is not a cluster name: character 4 is '!'"),
        words("--name demo/x --region us-east-2", "character 5 is '/'"),
        words(
            "--name " + "x".repeat(101) + " --region us-east-2",
            "--name has 101 characters; a cluster name has at most 100"),
        words("--name arn:aws:s3:::bucket", "--name isn't the ARN of a cluster: "),
        words("--name arn:aws:eks:us-east-2:12:cluster/demo", "the ARN's account isn't twelve"),
        words("--name arn:aws:eks:mars:111122223333:cluster/demo", "isn't of the form us-east-2"),
        words(
            "--name " + ARN + " --region eu-west-1",
            "--region says eu-west-1, and the ARN says us-east-2; leave --region out"),
        words("--name demo --region US-EAST-2", "did you mean --region us-east-2"),
        words("--name demo --region mars", "--region 'mars' is not an AWS region"),
        words("--name demo --region=", "--region is empty"),
        words(
            "--name demo",
            "--region is missing: identity 'dev' has none, and AWS_REGION is not set; " + EXAMPLE),
        words("--name demo --region us-east-2 --alias=", "--alias is empty"),
        words("--name demo --region us-east-2 --alias a\tb", "--alias has a character in it that"),
        words("--name demo --region us-east-2 --alias a\u202eb", "U+202E"),
        words(
            "--name demo --region us-east-2 --user-alias a\u0000", "--user-alias has a character"),
        words(
            "--name demo --region us-east-2 --alias " + "x".repeat(513),
            "--alias is longer than 512 characters"),
        words("--name demo --region us-east-2 --kubeconfig=", "--kubeconfig is empty"),
        words(
            "--name demo --region us-east-2 --output yaml",
            "--output must be text or json, not 'yaml'"),
        words("--name demo --integration dev/eks", "--name and --integration exclude each other"),
        words("--integration dev/eks --region us-east-2", "--region goes with --name"),
        words("--integration dev/eks --identity dev", "--identity goes with --name"),
        words("--name demo --region us-east-2 --remove --alias x", "--alias makes no sense with"),
        words("--name demo --region us-east-2 --remove --no-switch", "--no-switch makes no sense"),
        words("--name demo --region us-east-2 demo", "update-kubeconfig"),
        words("--name demo --region us-east-2 --nmae x", "did you mean --name"),
        world(
            "AWS_REGION",
            2,
            "AWS_REGION 'mars' is not an AWS region; a region looks like us-east-2",
            (clusters, atmos) -> atmos.env("AWS_REGION", "mars"),
            "--name demo"));
  }

  private static List<Row> identities() {
    return List.of(
        words(
            "--name demo --region us-east-2 -i devv", "unknown identity 'devv'; did you mean dev?"),
        words("--name demo --region us-east-2 --identity=", "--identity is empty"),
        world(
            "identity of the variable",
            2,
            "unknown identity 'nobody' (from ATMOS_IDENTITY); configured: dev, Ops, far, here",
            (clusters, atmos) -> atmos.env("ATMOS_IDENTITY", "nobody"),
            "--name demo --region us-east-2"),
        world(
            "several defaults",
            2,
            "several identities say default: true: a, b; choose one with --identity NAME",
            (clusters, atmos) ->
                atmos.file(
                    "atmos.yaml",
                    "auth: {identities: {a: {kind: ambient, default: true},"
                        + " b: {kind: ambient, default: true}}}\n"),
            "--name demo --region us-east-2"),
        world(
            "no default",
            2,
            "several identities are configured, and none is the default: a, b",
            (clusters, atmos) ->
                atmos.file(
                    "atmos.yaml", "auth: {identities: {a: {kind: ambient}, b: {kind: ambient}}}\n"),
            "--name demo --region us-east-2"),
        world(
            "nobody signed in",
            4,
            "identity 'signed-out' needs a sign-in: the configuration has no access key for"
                + " 'signed-out'; run: atmos auth login signed-out",
            (clusters, atmos) -> {},
            "--name demo --region us-east-2 -i signed-out"),
        world(
            "nothing in the environment",
            4,
            "identity 'here': no AWS credentials: AWS_ACCESS_KEY_ID is not set",
            (clusters, atmos) -> {},
            "--name demo --region us-east-2 -i here"),
        world(
            "a broken configuration",
            2,
            "/project/atmos.yaml:2:1: the file ends within",
            (clusters, atmos) -> atmos.file("atmos.yaml", "auth: {\n"),
            "--name demo --region us-east-2"));
  }

  private static List<Row> integrations() {
    return List.of(
        words("--integration nobody", "unknown integration 'nobody'; configured: dev/eks, "),
        words("--integration dev/ekz", "unknown integration 'dev/ekz'; did you mean dev/eks?"),
        words("--integration=", "--integration is empty"),
        words(
            "--integration everybodys",
            "integration 'everybodys' belongs to a provider, and atmos can't know for which"),
        words("--integration bad", "'mode'"),
        words("--integration elsewhere", "wants to choose which file is written"),
        new Row(
            "of another kind",
            2,
            "integration 'registry' is of kind aws/ecr, and not an EKS cluster",
            (clusters, atmos) -> {},
            "--integration registry"),
        world(
            "whose identity is not there",
            2,
            "'via' of integration 'x' names identity 'gone', which is not configured",
            (clusters, atmos) ->
                atmos.file(
                    "atmos.yaml",
                    """
                    auth:
                      integrations:
                        x:
                          kind: aws/eks
                          via: {identity: gone}
                          spec: {cluster: {name: demo, region: us-east-2}}
                    """),
            "--integration x"));
  }

  private static List<Row> fromAws() {
    return List.of(
        cluster("being made", 6, "is CREATING: it can't be used yet", demo().status("CREATING")),
        cluster("pending", 6, "is PENDING: it can't be used yet", demo().status("PENDING")),
        cluster("being deleted", 1, "in us-east-2 is DELETING", demo().status("DELETING")),
        cluster("failed", 1, "in us-east-2 is FAILED", demo().status("FAILED")),
        cluster("of no known state", 1, "in the state 'RESTING'", demo().status("RESTING")),
        cluster("without an endpoint", 1, "it has no endpoint", demo().raw("", ca())),
        cluster(
            "without an authority", 1, "it has no certificate authority", demo().raw(url(), "")),
        cluster(
            "with a plain endpoint", 1, "isn't an https URL", demo().raw("http://x.example", ca())),
        cluster("with no URL", 1, "the server isn't", demo().raw("https://", ca())),
        cluster(
            "with an endless URL",
            1,
            "the server is longer",
            demo().raw(url() + "/x".repeat(2000), ca())),
        cluster(
            "with a line feed in it",
            1,
            "the server",
            demo().raw("https://x.example\nusers:", ca())),
        cluster("with an authority that is none", 1, "isn't base64", demo().raw(url(), "!!")),
        cluster("with base64 of something else", 1, "no certificate", demo().raw(url(), "QUJD")),
        world(
            "one of nowhere",
            1,
            "there is no cluster 'dmeo' in us-east-2 in the account of these credentials;"
                + " did you mean demo?",
            (clusters, atmos) -> {},
            "--name dmeo --region us-east-2"),
        world(
            "of another account",
            2,
            " in account 111122223333, not in account 444455556666",
            (clusters, atmos) -> {},
            "--name " + ARN.replace("111122223333", "444455556666")),
        world(
            "denied",
            5,
            "not authorized to perform: eks:DescribeCluster",
            (clusters, atmos) ->
                clusters
                    .aws()
                    .deny("arn:aws:iam::111122223333:user/dev", Operation.DESCRIBE_CLUSTER),
            "--name demo --region us-east-2"),
        world(
            "a key that is gone",
            4,
            "describe cluster 'demo' in us-east-2",
            (clusters, atmos) -> clusters.aws().revoke(AtmosRun.KEY_ID),
            "--name demo --region us-east-2"),
        aws(
            "expired",
            4,
            "describe cluster 'demo' in us-east-2",
            Fault.error(403, "ExpiredTokenException", "The security token has expired")),
        aws(
            "an error of its own",
            1,
            "describe cluster 'demo' in us-east-2",
            Fault.error(400, "ClientException", "An error\nof AWS's")),
        aws("an empty object", 6, "AWS's answer has no cluster", Fault.raw(200, Map.of(), "{}")),
        aws("no cluster", 6, "has no cluster", Fault.raw(200, Map.of(), "{\"cluster\": null}")),
        aws("an empty answer", 6, "AWS's answer has no cluster", Fault.raw(200, Map.of(), "")),
        aws("no content", 6, "AWS's answer has no cluster", Fault.raw(204, Map.of(), "")),
        aws("no JSON", 6, "describe cluster 'demo'", Fault.raw(200, Map.of(), "<html>")),
        world(
            "nobody there",
            6,
            "describe cluster 'demo' in us-east-2",
            (clusters, atmos) -> atmos.env("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
            "--name demo --region us-east-2"),
        world(
            "a stranger's address",
            2,
            "AWS_ENDPOINT_URL",
            (clusters, atmos) -> atmos.env("AWS_ENDPOINT_URL", "http://evil.example"),
            "--name demo --region us-east-2"));
  }

  private static List<Row> files() {
    return List.of(
        kubeconfig("no YAML", 1, "/home/dev/.kube/config:2:1: ", "clusters: [\n"),
        kubeconfig("a list", 1, "/home/dev/.kube/config:1:1: ", "- a\n"),
        kubeconfig("a name twice", 1, "/home/dev/.kube/config:", twice()),
        world(
            "no home",
            2,
            "can't find the kubeconfig: the user has no home directory; name the file with"
                + " --kubeconfig",
            (clusters, atmos) -> {},
            "--name demo --region us-east-2"),
        world(
            "held by kubectl",
            6,
            "/home/dev/.kube/config.lock has existed for",
            (clusters, atmos) -> atmos.privateFile("~/.kube/config.lock", ""),
            "--name demo --region us-east-2"),
        world(
            "a directory",
            1,
            "/home/dev/.kube",
            (clusters, atmos) -> {},
            "--name demo --region us-east-2 --kubeconfig /home/dev/.kube"),
        world(
            "already another one",
            1,
            "update",
            (clusters, atmos) -> {
              update(atmos, "--integration", "once");
              atmos.privateFile(
                  "~/.kube/config",
                  atmos.read("~/.kube/config").replace("--identity\n", "--Identity\n"));
            },
            "--integration once"));
  }

  private static String twice() {
    String cluster = "- {name: a, cluster: {server: 'https://a'}}\n";
    return "clusters:\n" + cluster + cluster;
  }

  private static String ca() {
    return java.util.Base64.getEncoder()
        .encodeToString(Clusters.PEM.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static String url() {
    return "https://demo.example";
  }

  private final Clusters clusters = new Clusters();

  @AfterEach
  void stop() {
    clusters.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void input_thatIsBad_isSaidAndChangesNothing(Row row) {
    AtmosRun atmos =
        row.name().equals("no home")
            ? clusters.project(AtmosRun.in(dev.atmos.plugin.testkit.FakeFiles.unix().withoutHome()))
            : clusters.project(View.UNIX.atmos()).privateFile("~/.kube/config", BEFORE);
    row.world().accept(clusters, atmos);
    boolean home = !row.name().equals("no home");
    String before = home ? atmos.read("~/.kube/config") : "";

    Result result =
        update(atmos, row.words().isEmpty() ? new String[0] : row.words().split(" ", -1));

    result.failedShowing(row.exitCode(), "atmos: ", row.part());
    assertThat(result.stderr()).hasSizeLessThan(900);
    if (home) {
      assertThat(atmos.read("~/.kube/config")).isEqualTo(before);
    }
  }
}
