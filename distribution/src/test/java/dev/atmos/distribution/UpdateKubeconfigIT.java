package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.kubernetes.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code atmos aws eks update-kubeconfig} of the product, with the stand-in for AWS on the one
 * side, and kubectl, which uses what it has written, on the other.
 */
class UpdateKubeconfigIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();

  private EksScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = EksScene.start(product, scratch.directory());
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  static List<Path> kubectls() throws IOException, InterruptedException {
    return KubectlIT.kubectls();
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void getPods_fromTheRootInAHostileShell_isAnswered(Path kubectl) throws Exception {
    Path project = Files.createDirectory(scene.place().resolve("shop"));
    Launch.write(project.resolve("atmos.yaml"), "import: [identities.yaml]\n");
    Launch.write(project.resolve("identities.yaml"), "auth: {realm: shop}\n");
    Launch.write(
        project.resolve("profiles/ci/auth.yaml"),
        """
        auth:
          identities:
            Dev:
              kind: aws/user
              credentials:
                access_key_id: AKIDEXAMPLE
                secret_access_key: !env THE_SECRET
        """);
    Path other = Files.createDirectory(scene.place().resolve("other"));
    Launch.write(other.resolve("atmos.yaml"), "auth: {identities: {Dev: {kind: ambient}}}\n");
    Path bin = Files.createDirectory(scene.place().resolve("bin"));
    Scratch.open(
        Launch.write(bin.resolve("atmos"), "#!/bin/sh\necho 'I am another atmos' >&2\nexit 99\n"),
        "rwxr-xr-x");
    String path = bin + ":" + Launch.SYSTEM_PATH;
    try (ApiServer server =
        ApiServer.forCluster("demo")
            .accessKeys(scene.aws()::accessKey)
            .pod("default", "web-1")
            .start()) {
      scene
          .aws()
          .add(
              Cluster.of("demo", EksScene.ACCOUNT, Credentials.REGION)
                  .server(server.url(), server.caPem()));

      Outcome updated =
          scene
              .updateNamed("demo", "--identity=dev")
              .from(project)
              .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
              .env("ATMOS_PROFILE", "ci")
              .env("THE_SECRET", Credentials.SECRET)
              .env("PATH", path)
              .run()
              .succeeded();
      Outcome pods =
          scene
              .program(kubectl, "get", "pods")
              .from(Path.of("/"))
              .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
              .env("ATMOS_PROFILE", "nowhere")
              .env("ATMOS_CONFIG", other.resolve("atmos.yaml").toString())
              .env("ATMOS_CHDIR", other.toString())
              .env("ATMOS_IDENTITY", "nobody")
              .env("THE_SECRET", Credentials.SECRET)
              .env("PATH", path)
              .run()
              .succeeded()
              .quiet();

      assertThat(updated.stderr())
          .contains(
              "current context: " + EksScene.arn("demo"), "kubectl will run " + product.launcher());
      assertThat(pods.stdout()).contains("web-1");
      assertThat(server.requests()).isNotEmpty().allMatch(ApiServer.RecordedRequest::isAccepted);
    }
  }

  @Test
  void allClusters_inAFileAndOnStandardOutput_areReadByKubectl() throws Exception {
    scene.cluster("demo");
    scene.cluster("web");
    scene.cluster("demo", EksScene.ACCOUNT, "eu-west-1");
    String regions = Credentials.REGION + ",eu-west-1";
    Path kubectl = EksScene.kubectl();

    Outcome added =
        scene
            .update("--all", "--regions", regions, "--alias", "{account}/{region}/{cluster}")
            .run()
            .succeeded();
    Outcome printed =
        scene
            .update("--all", "--regions", regions, "--kubeconfig", "-", "--portable")
            .run()
            .succeeded();

    assertThat(added.stderr()).contains("3 clusters, 3 added, 0 changed, 0 up to date");
    assertThat(scene.contexts(kubectl))
        .containsExactlyInAnyOrder(
            EksScene.ACCOUNT + "/" + Credentials.REGION + "/demo",
            EksScene.ACCOUNT + "/" + Credentials.REGION + "/web",
            EksScene.ACCOUNT + "/eu-west-1/demo");
    Path file = Launch.write(scene.place().resolve("printed"), printed.stdout());
    Outcome names =
        scene
            .program(
                kubectl, "--kubeconfig", file.toString(), "config", "get-contexts", "-o", "name")
            .run()
            .succeeded();
    assertThat(names.stdout().lines()).hasSize(3);
    assertThat(printed.stdout()).doesNotContain("env:", scene.place().toString());
  }

  /** Whose context it is, and the words and the configuration by which kubectl is to run us. */
  private record Entry(String cluster, String region, String identity) {}

  @Test
  void identitiesAccountsAndRegions_onClustersOfOneName_areSeparateAndStay() throws Exception {
    String otherAccount = "444455556666";
    String otherSecret = "another/secret+EXAMPLEKEY/0123456789abcde";
    scene.aws().add(IamUser.of(otherAccount, "ops").key("AKIDOTHEREXAMPLE", otherSecret));
    scene.cluster("demo");
    scene.cluster("demo", EksScene.ACCOUNT, "eu-west-1");
    scene.cluster("demo", otherAccount, Credentials.REGION);
    scene.cluster("web");
    Path project = Files.createDirectory(scene.place().resolve("shop"));
    Launch.write(
        project.resolve("atmos.yaml"),
        """
        auth:
          identities:
            dev: &dev
              kind: aws/user
              credentials: {access_key_id: AKIDEXAMPLE, secret_access_key: !env THE_SECRET}
            admin: *dev
            ops:
              kind: aws/user
              credentials: {access_key_id: AKIDOTHEREXAMPLE, secret_access_key: !env OTHER_SECRET}
        """);
    scene.awsUpdate("demo").run().succeeded();
    String foreign = Files.readString(scene.kubeconfig());
    Path kubectl = EksScene.kubectl();
    JsonNode theirs = scene.view(kubectl);
    List<String[]> updates =
        List.of(
            new String[] {"dev", Credentials.REGION, "demo", "web"},
            new String[] {"dev", "eu-west-1", "demo"},
            new String[] {"admin", Credentials.REGION, "demo"},
            new String[] {"ops", Credentials.REGION, "demo"});

    String after = foreign;
    for (int round = 0; round < 2; round++) {
      for (String[] each : updates) {
        List<String> words = new ArrayList<>(List.of("--identity", each[0], "--region", each[1]));
        for (String name : List.of(each).subList(2, each.length)) {
          words.addAll(List.of("--name", name));
        }
        words.add("--no-switch");
        scene
            .update(words.toArray(String[]::new))
            .from(project)
            .env("THE_SECRET", Credentials.SECRET)
            .env("OTHER_SECRET", otherSecret)
            .run()
            .succeeded();
      }
      after = round == 0 ? Files.readString(scene.kubeconfig()) : after;
    }

    assertThat(scene.kubeconfig()).content().isEqualTo(after);
    JsonNode view = scene.view(kubectl);
    assertThat(entries(view))
        .containsExactlyInAnyOrder(
            new Entry(EksScene.arn("demo"), Credentials.REGION, "dev"),
            new Entry(EksScene.arn("web"), Credentials.REGION, "dev"),
            new Entry(EksScene.arn("demo").replace("us-east-2", "eu-west-1"), "eu-west-1", "dev"),
            new Entry(EksScene.arn("demo"), Credentials.REGION, "admin"),
            new Entry(
                EksScene.arn("demo").replace(EksScene.ACCOUNT, otherAccount),
                Credentials.REGION,
                "ops"));
    for (String list : List.of("clusters", "contexts", "users")) {
      assertThat(view.path(list)).containsAll(theirs.path(list));
    }
    assertThat(view.path("current-context")).isEqualTo(theirs.path("current-context"));
  }

  /** What each context of ours leads to, through its user. */
  private static List<Entry> entries(JsonNode view) {
    Map<String, JsonNode> execs = new TreeMap<>();
    view.path("users")
        .forEach(user -> execs.put(user.path("name").asText(), user.path("user").path("exec")));
    List<Entry> entries = new ArrayList<>();
    for (JsonNode context : view.path("contexts")) {
      JsonNode exec = execs.get(context.path("context").path("user").asText());
      if (exec != null && exec.path("command").asText().equals(product.launcher().toString())) {
        String cluster = context.path("context").path("cluster").asText();
        List<String> args = new ArrayList<>();
        exec.path("args").forEach(each -> args.add(each.asText()));
        assertThat(args)
            .startsWith("aws", "eks", "token", "--cluster-name")
            .element(4)
            .isEqualTo(cluster.substring(cluster.lastIndexOf('/') + 1));
        assertThat(args).hasSize(9).containsSequence("--region").containsSequence("--identity");
        entries.add(new Entry(cluster, args.get(6), args.get(8)));
      }
    }
    return entries;
  }
}
