package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atmos.loopback.ApiServer;
import dev.atmos.loopback.aws.Cluster;
import dev.atmos.loopback.aws.IamUser;
import dev.atmos.loopback.aws.LoopbackAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code atmos aws eks update-kubeconfig} of the product, with the stand-in for AWS on the one
 * side, and kubectl and the AWS CLI, which read and change the same files, on the other.
 */
class UpdateKubeconfigIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();
  private static final String ACCOUNT = "111122223333";
  private static final String ARN = "arn:aws:eks:us-east-2:111122223333:cluster/demo";
  private static final int PROCESSES = 40;
  private static final int KILLS = 20;

  /** As long as forty of them take on a machine of one processor. */
  private static final int PATIENCE = 600;

  private static final String FOREIGN =
      """
      # Clusters of mine; handle with care.
      apiVersion: v1
      kind: Config
      preferences: {}
      current-context: "local"   # for the tests
      clusters:
        # at home
        - name: local
          cluster: {server: 'https://127.0.0.1:6443', insecure-skip-tls-verify: true}
      contexts:
        - name: local
          context: {cluster: local, user: local, namespace: default}
      users:
        - name: local
          user:
            token: "0123"      # quoted, or it is a number
      """;

  private LoopbackAws aws;
  private Path place;
  private Path kubeconfig;

  @BeforeEach
  void start() throws Exception {
    aws =
        LoopbackAws.start()
            .add(IamUser.of(ACCOUNT, "dev").key(Credentials.KEY_ID, Credentials.SECRET));
    place = scratch.directory();
    kubeconfig = place.resolve("kubeconfig");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private void add(String name) {
    aws.add(
        Cluster.of(name, ACCOUNT, Credentials.REGION)
            .server("https://" + name + ".example", aws.caPem()));
  }

  private Launch update(String... more) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("aws", "eks", "update-kubeconfig", "--region", Credentials.REGION));
    words.addAll(List.of(more));
    return product
        .run(place, words)
        .env("AWS_ENDPOINT_URL", aws.url())
        .env("KUBECONFIG", kubeconfig.toString());
  }

  private Launch program(Path program, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    return Launch.in(place).command(command).env("KUBECONFIG", kubeconfig.toString());
  }

  private static Path kubectl() throws IOException, InterruptedException {
    return KubectlIT.kubectls().getFirst();
  }

  /** What kubectl reads, unchanged. */
  private JsonNode view(Path kubectl) throws Exception {
    return new ObjectMapper()
        .readTree(
            program(kubectl, "config", "view", "--raw", "-o", "json").run().succeeded().stdout());
  }

  private Set<String> contexts(Path kubectl) throws Exception {
    Set<String> names = new TreeSet<>();
    view(kubectl).path("contexts").forEach(each -> names.add(each.path("name").asText()));
    return names;
  }

  static List<Path> kubectls() throws IOException, InterruptedException {
    return KubectlIT.kubectls();
  }

  // ---- what it is for

  @ParameterizedTest
  @MethodSource("kubectls")
  void getPods_fromTheRootInAHostileShell_isAnswered(Path kubectl) throws Exception {
    Path project = Files.createDirectory(place.resolve("shop"));
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
    Path other = Files.createDirectory(place.resolve("other"));
    Launch.write(other.resolve("atmos.yaml"), "auth: {identities: {Dev: {kind: ambient}}}\n");
    Path bin = Files.createDirectory(place.resolve("bin"));
    Scratch.open(
        Launch.write(bin.resolve("atmos"), "#!/bin/sh\necho 'I am another atmos' >&2\nexit 99\n"),
        "rwxr-xr-x");
    String path = bin + ":" + Launch.SYSTEM_PATH;
    try (ApiServer server =
        ApiServer.forCluster("demo").accessKeys(aws::accessKey).pod("default", "web-1").start()) {
      aws.add(Cluster.of("demo", ACCOUNT, Credentials.REGION).server(server.url(), server.caPem()));

      Outcome updated =
          update("--name", "demo", "--identity", "dev")
              .from(project)
              .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
              .env("ATMOS_PROFILE", "ci")
              .env("THE_SECRET", Credentials.SECRET)
              .env("PATH", path)
              .run()
              .succeeded();
      Outcome pods =
          program(kubectl, "get", "pods")
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
          .contains("current context: " + ARN, "kubectl will run " + product.launcher());
      assertThat(pods.stdout()).contains("web-1");
      assertThat(server.requests()).isNotEmpty().allMatch(ApiServer.SeenRequest::isAccepted);
    }
  }

  // ---- the other side

  @Test
  void file_thatIsOurs_isReadByKubectlAndMergedIntoByTheAwsCli() throws Exception {
    add("demo");
    add("other");
    update("--name", "demo", "--name", "other").run().succeeded();
    for (Path kubectl : KubectlIT.kubectls()) {
      JsonNode view = view(kubectl);
      assertThat(view.path("current-context").asText()).isEqualTo(ARN);
      assertThat(view.path("contexts")).hasSize(2);
      JsonNode exec = view.path("users").get(0).path("user").path("exec");
      assertThat(exec.path("interactiveMode").asText()).isEqualTo("Never");
      assertThat(exec.path("command").asText()).isEqualTo(product.launcher().toString());
    }
    program(
            Tools.aws(),
            "eks",
            "update-kubeconfig",
            "--name",
            "demo",
            "--alias",
            "cli",
            "--region",
            Credentials.REGION)
        .env("AWS_ENDPOINT_URL", aws.url())
        .run()
        .succeeded();
    assertThat(contexts(kubectl())).contains("cli", ARN, ARN.replace("demo", "other"));

    String merged = Files.readString(kubeconfig);
    Outcome again = update("--name", "demo", "--name", "other", "--no-switch").run().succeeded();
    assertThat(again.stderr()).contains(ARN.replace("demo", "other") + " is up to date");
    assertThat(contexts(kubectl())).contains("cli");
    for (String line : merged.lines().filter(each -> each.contains("cli")).toList()) {
      assertThat(Files.readString(kubeconfig)).contains(line);
    }
  }

  @Test
  void file_thatKubectlHasWritten_isMergedIntoWithoutLoss() throws Exception {
    add("demo");
    Files.writeString(kubeconfig, FOREIGN);
    Scratch.open(kubeconfig, "rw-------");
    Path kubectl = kubectl();
    program(kubectl, "config", "set-cluster", "theirs", "--server=https://theirs.example")
        .run()
        .succeeded();
    program(kubectl, "config", "set-credentials", "they", "--token=0x1F").run().succeeded();
    program(kubectl, "config", "set-context", "y", "--cluster=theirs", "--user=they")
        .run()
        .succeeded();
    String theirs = Files.readString(kubeconfig);

    update("--name", "demo").run().succeeded();
    assertThat(contexts(kubectl)).containsExactlyInAnyOrder("local", "y", ARN);
    update("--name", "demo", "--remove").run().succeeded();

    assertThat(kubeconfig).content().isEqualTo(theirs);
  }

  @Test
  void commentedFile_addedToTwiceAndTakenOutOf_isEqualByteForByte() throws Exception {
    add("demo");
    Files.writeString(kubeconfig, FOREIGN);
    Scratch.open(kubeconfig, "rw-r-----");
    update("--name", "demo").run().succeeded();
    long written = Files.getLastModifiedTime(kubeconfig).toMillis();
    assertThat(contexts(kubectl())).containsExactlyInAnyOrder("local", ARN);

    update("--name", "demo").run().succeeded();
    assertThat(Files.getLastModifiedTime(kubeconfig).toMillis()).isEqualTo(written);
    update("--name", "demo", "--remove").run().succeeded();

    assertThat(kubeconfig).content().isEqualTo(FOREIGN);
    assertThat(Files.getPosixFilePermissions(kubeconfig)).hasSize(3);
    assertThat(place.toFile().list()).containsExactlyInAnyOrder("cwd", "home", "kubeconfig");
  }

  // ---- many at once

  @Test
  void manyProcesses_thatAddAtOnce_allDo() throws Exception {
    Files.writeString(kubeconfig, FOREIGN);
    List<Launch.Running> running = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      add("c" + i);
      running.add(update("--name", "c" + i, "--no-switch").start());
    }
    for (Launch.Running each : running) {
      assertThat(each.finish(PATIENCE).succeeded().stderr()).contains("EKS kubeconfig: ");
    }
    assertThat(contexts(kubectl())).hasSize(PROCESSES + 1);
    FOREIGN.lines().forEach(line -> assertThat(kubeconfig).content().contains(line + "\n"));
    assertThat(place.toFile().list()).containsExactlyInAnyOrder("cwd", "home", "kubeconfig");
  }

  @Test
  void manyProcesses_besideKubectl_allDoAndHealWhatItDrops() throws Exception {
    Path kubectl = kubectl();
    Files.writeString(kubeconfig, FOREIGN);
    List<Launch.Running> ours = new ArrayList<>();
    List<Launch.Running> theirs = new ArrayList<>();
    for (int i = 0; i < PROCESSES / 2; i++) {
      add("c" + i);
      ours.add(update("--name", "c" + i, "--no-switch").start());
      theirs.add(
          program(kubectl, "config", "set-cluster", "k" + i, "--server=https://k.example").start());
    }
    for (Launch.Running each : theirs) {
      // Most of them give up on the lock, as kubectl does.
      each.finish(PATIENCE);
    }
    for (Launch.Running each : ours) {
      each.finish(PATIENCE).succeeded();
    }
    List<String> all = new ArrayList<>();
    // What was there before, kubectl may drop: it reads without the lock what another kubectl has
    // just
    // emptied.
    Set<String> wanted = new TreeSet<>();
    for (int i = 0; i < PROCESSES / 2; i++) {
      all.addAll(List.of("--name", "c" + i));
      wanted.add(ARN.replace("demo", "c" + i));
    }
    update(all.toArray(String[]::new)).run().succeeded();
    assertThat(contexts(kubectl)).containsAll(wanted);
  }

  @Test
  void process_thatIsKilled_leavesAWholeFile() throws Exception {
    add("demo");
    Files.writeString(kubeconfig, FOREIGN);
    long begun = System.nanoTime();
    update("--name", "demo").run().succeeded();
    int length = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    String with = Files.readString(kubeconfig);
    Random random = new Random(1);
    for (int i = 0; i < KILLS; i++) {
      Files.writeString(kubeconfig, FOREIGN);
      Launch.Running running = update("--name", "demo").start();
      boolean ended = running.process().waitFor(random.nextInt(length), TimeUnit.MILLISECONDS);
      running.process().destroyForcibly();
      Outcome outcome = running.finish(PATIENCE);

      assertThat(Files.readString(kubeconfig)).isIn(FOREIGN, with);
      assertThat(ended && outcome.exit() != 0).isFalse();
    }
    Files.writeString(kubeconfig, FOREIGN);
    update("--name", "demo").run().succeeded();
    assertThat(kubeconfig).content().isEqualTo(with);
    try (var files = Files.list(place)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.contains("lock"))
          .isEmpty();
    }
  }
}
