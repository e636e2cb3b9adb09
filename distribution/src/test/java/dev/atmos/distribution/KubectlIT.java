package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.kubernetes.ApiServer;
import dev.atmos.loopback.kubernetes.ApiServer.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real kubectls, which run the product as their exec plugin, and an API server that verifies each
 * token as a cluster would.
 */
class KubectlIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();
  private static final String V1 = "client.authentication.k8s.io/v1";
  private static final String V1_BETA_1 = "client.authentication.k8s.io/v1beta1";

  private static @Nullable ApiServer running;

  @BeforeAll
  static void start() throws IOException {
    running =
        ApiServer.forCluster(Credentials.CLUSTER)
            .accessKey(Credentials.KEY_ID, Credentials.SECRET)
            .pod("default", "web-1")
            .start();
  }

  @AfterAll
  static void stop() {
    server().close();
  }

  private static ApiServer server() {
    if (running == null) {
      throw new IllegalStateException("the server does not run");
    }
    return running;
  }

  static List<Path> kubectls() throws IOException, InterruptedException {
    List<Path> kubectls = Tools.stockKubectls();
    if (kubectls.isEmpty()) {
      throw Tools.absent("there is no stock kubectl on PATH, nor named by ATMOS_TEST_KUBECTL");
    }
    Optional<Path> dispatcher = Tools.dispatcherKubectl();
    return Stream.concat(kubectls.stream(), dispatcher.stream()).toList();
  }

  private static Path kubectl() throws IOException, InterruptedException {
    return kubectls().getFirst();
  }

  /** kubectl with a kubeconfig as documented, and the product first on its PATH. */
  private static Launch kubectl(
      Path kubectl,
      Path place,
      String execApiVersion,
      @Nullable String interactiveMode,
      List<String> args,
      String... words)
      throws IOException {
    Path kubeconfig =
        Launch.write(
            place.resolve("kubeconfig"),
            server().kubeconfig("atmos", args, execApiVersion, interactiveMode, Map.of()));
    List<String> command = new ArrayList<>(List.of(kubectl.toString()));
    command.addAll(List.of(words));
    return Launch.in(place)
        .command(command)
        .env("KUBECONFIG", kubeconfig.toString())
        .env("PATH", product.launcher().resolveSibling("") + ":" + Launch.SYSTEM_PATH);
  }

  private static List<RecordedRequest> requestsSince(int count) {
    List<RecordedRequest> requests = server().requests();
    return requests.subList(count, requests.size());
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void getPods_byAnEntryAsDocumented_isAnswered(Path kubectl) throws Exception {
    int before = server().requests().size();
    Outcome outcome =
        kubectl(
                kubectl,
                scratch.directory(),
                V1_BETA_1,
                null,
                Credentials.tokenCommand(),
                "get",
                "pods")
            .run()
            .succeeded()
            .quiet();
    assertThat(outcome.stdout()).contains("web-1").contains("Running");
    assertThat(requestsSince(before)).isNotEmpty().allMatch(RecordedRequest::isAccepted);
    assertThat(requestsSince(before).stream().map(RecordedRequest::tokenSha256).distinct())
        .hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void getPods_byVersion1OfTheExecApi_isAnswered(Path kubectl) throws Exception {
    int before = server().requests().size();
    Outcome outcome =
        kubectl(
                kubectl,
                scratch.directory(),
                V1,
                "Never",
                Credentials.tokenCommand(),
                "get",
                "pods")
            .run()
            .succeeded()
            .quiet();
    assertThat(outcome.stdout()).contains("web-1").contains("Running");
    assertThat(requestsSince(before)).isNotEmpty().allMatch(RecordedRequest::isAccepted);
  }

  @Test
  void getPods_byAnIdentityOfTheConfiguration_isAnswered() throws Exception {
    Launch launch =
        kubectl(
                kubectl(),
                scratch.directory(),
                V1_BETA_1,
                "IfAvailable",
                Credentials.tokenCommand("--identity", "dev-admin"),
                "get",
                "pods")
            .without("AWS_ACCESS_KEY_ID");
    Launch.write(
        launch.workingDirectory().resolve("atmos.yaml"),
        """
        auth:
          identities:
            dev-admin:
              kind: aws/user
              credentials:
                access_key_id: AKIDEXAMPLE
                secret_access_key: !env AWS_SECRET_ACCESS_KEY
        """);
    assertThat(launch.run().succeeded().quiet().stdout()).contains("web-1");
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void getPods_afterA401_isAnsweredByANewToken(Path kubectl) throws Exception {
    int before = server().requests().size();
    // Refused is the first request of the discovery; kubectl asks again with what it has then.
    server().refuseNext(1);
    Path place = scratch.directory();
    Launch launch = kubectl(kubectl, place, V1_BETA_1, null, List.of(), "get", "pods");
    Path runs = counting(place);
    launch.env("PATH", place.resolve("bin") + ":" + Launch.SYSTEM_PATH);
    Outcome outcome = launch.run();
    assertThat(outcome.exit()).as(outcome.stderr()).isZero();
    assertThat(outcome.stdout()).contains("web-1");
    List<RecordedRequest> requests = requestsSince(before);
    assertThat(requests.getFirst().status()).isEqualTo(401);
    assertThat(requests.subList(1, requests.size())).allMatch(RecordedRequest::isAccepted);
    assertThat(Files.readAllLines(runs)).hasSize(2);
  }

  /** An atmos on PATH that notes each of its runs. */
  private static Path counting(Path place) throws IOException {
    Path runs = place.resolve("runs");
    Path counting =
        Launch.write(
            place.resolve("bin/atmos"),
            "#!/bin/sh\necho run >>'"
                + runs
                + "'\nexec '"
                + product.launcher()
                + "' "
                + String.join(" ", Credentials.tokenCommand())
                + "\n");
    Scratch.open(counting, "rwxr-xr-x");
    return runs;
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void getPods_whenASignInIsRequired_showsOurOneLine(Path kubectl) throws Exception {
    int before = server().requests().size();
    Launch launch =
        kubectl(
            kubectl,
            scratch.directory(),
            V1_BETA_1,
            null,
            Credentials.tokenCommand("--identity", "ops"),
            "get",
            "pods");
    Launch.write(
        launch.workingDirectory().resolve("atmos.yaml"),
        """
        auth:
          identities:
            ops:
              kind: aws/user
              credentials:
                access_key_id: AKIDEXAMPLE
                secret_access_key: !env AWS_SECRET_ACCESS_KEY
                mfa_arn: arn:aws:iam::123456789012:mfa/ops
        """);
    Outcome outcome = launch.run();
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stdout()).isEmpty();
    List<String> ours =
        outcome.stderr().lines().filter(line -> line.startsWith("atmos: ")).toList();
    assertThat(ours).hasSizeBetween(1, 6);
    assertThat(ours.stream().distinct()).hasSize(1);
    assertThat(ours.getFirst()).contains("run: atmos auth login ops");
    assertThat(outcome.stderr()).contains("failed with exit code 4");
    assertThat(requestsSince(before)).isEmpty();
  }

  /**
   * Somebody types {@code kubectl get pods} in a directory of a stranger's, whose configuration
   * would run a command: it isn't run before the user has said so, and again not once the file has
   * changed.
   */
  @ParameterizedTest
  @MethodSource("kubectls")
  void getPods_whereAStrangersFileWouldRunACommand_runsItOnceItIsTrusted(Path kubectl)
      throws Exception {
    Path place = scratch.directory();
    Path mark = place.resolve("mark");
    Launch getPods =
        kubectl(
                kubectl,
                place,
                V1_BETA_1,
                null,
                Credentials.tokenCommand("--identity", "dev-admin"),
                "get",
                "pods")
            .env("SECRET_OF_THE_USER", Credentials.SECRET)
            .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    String file =
        """
        auth:
          identities:
            dev-admin:
              kind: aws/user
              credentials:
                access_key_id: AKIDEXAMPLE
                secret_access_key: !exec "touch '%s' && printenv SECRET_OF_THE_USER"
        """
            .formatted(mark);
    Path configuration = Launch.write(getPods.workingDirectory().resolve("atmos.yaml"), file);

    refused(getPods.run(), mark, configuration + ":7:28: this file is not trusted");

    Launch trust =
        Launch.in(place)
            .command(product.launcher().toString(), "config", "trust", "--yes", "atmos.yaml");
    assertThat(trust.run().succeeded().stderr()).contains("touch '" + mark + "'");
    assertThat(getPods.run().succeeded().quiet().stdout()).contains("web-1");
    assertThat(mark).exists();

    Files.delete(mark);
    Launch.write(configuration, file.replace(" && ", "; "));
    refused(getPods.run(), mark, configuration + ":7:28: this file has changed since");
  }

  private static void refused(Outcome outcome, Path mark, String why) {
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr()).contains("failed with exit code 2");
    List<String> ours = linesOfOurs(outcome);
    long runs = outcome.stderr().lines().filter(l -> l.contains("exit code 2")).count();
    assertThat(ours).as(outcome.stderr()).hasSizeBetween(1, 6).allMatch(l -> l.contains(why));
    assertThat(ours).allMatch(line -> line.contains("atmos config trust"));
    // kubectl tells of its last failure once, and of the ones before it nothing.
    assertThat(runs).isGreaterThanOrEqualTo(1);
    // No line but ours and kubectl's.
    assertThat(outcome.stderr().lines())
        .allMatch(line -> line.startsWith("atmos: ") || line.contains("exit code 2"));
    assertThat(mark).doesNotExist();
  }

  private static List<String> linesOfOurs(Outcome outcome) {
    return outcome.stderr().lines().filter(line -> line.startsWith("atmos: ")).toList();
  }

  @Test
  void getPods_eightAtATime_areAllAnswered() throws Exception {
    int before = server().requests().size();
    List<Launch.Running> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Path place = scratch.directory();
      List<String> command = Credentials.tokenCommand();
      all.add(kubectl(kubectl(), place, V1_BETA_1, null, command, "get", "pods").start());
    }
    for (Launch.Running one : all) {
      assertThat(one.finish().succeeded().quiet().stdout()).contains("web-1");
    }
    assertThat(requestsSince(before))
        .hasSizeGreaterThanOrEqualTo(8)
        .allMatch(RecordedRequest::isAccepted);
  }

  @Test
  void getPods_withATokenForAnotherCluster_isRefused() throws Exception {
    int before = server().requests().size();
    Outcome outcome =
        kubectl(
                kubectl(),
                scratch.directory(),
                V1_BETA_1,
                null,
                List.of(
                    "aws", "eks", "token", "--cluster-name", "another", "--region", "us-east-2"),
                "get",
                "pods")
            .run();
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("You must be logged in to the server");
    assertThat(requestsSince(before))
        .isNotEmpty()
        .allMatch(request -> request.status() == 401)
        .allMatch(request -> request.verdict().startsWith("refused: N24"));
  }

  @Test
  void whoAmI_ofASignedInUser_isTheOwnerOfTheKey() throws Exception {
    assertThat(
            kubectl(
                    kubectls().getLast(),
                    scratch.directory(),
                    V1,
                    "Never",
                    Credentials.tokenCommand(),
                    "auth",
                    "whoami")
                .run()
                .succeeded()
                .stdout())
        .contains(Credentials.KEY_ID);
  }
}
