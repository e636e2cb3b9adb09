package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.RequestGate;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.MfaDevice;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.kubernetes.ApiServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where the secrets of all answers of AWS get to: into the files that are for them, and out of the
 * program where they are what was asked for. Everything is run with the most talkative log.
 */
class SecretsIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final String PASSWORD = "correct horse battery staple";
  private static final String ROLES = "home/.local/state/atmos/auth/roles/*/credentials";
  private static final IamUser ALICE =
      IamUser.of(SignInScene.ACCOUNT, "alice")
          .key(Credentials.KEY_ID, Credentials.SECRET)
          .mfa("a seed that is one");
  private static final String CONFIGURATION =
      SignInScene.CONFIGURATION
          + """
              alice:
                kind: aws/user
                credentials:
                  access_key_id: AKIDEXAMPLE
                  secret_access_key: !env ALICE_SECRET
                  mfa_arn: arn:aws:iam::111122223333:mfa/alice
                  mfa_command: cat code
            integrations:
              dev/eks:
                kind: aws/eks
                via: {identity: dev}
                spec: {cluster: {name: demo, region: us-east-2}}
          """;

  private SignInScene scene;
  private String store = "plain";

  /** What was said, and what was answered where no secret is the answer. */
  private final List<String> texts = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    scene = SignInScene.in(scratch.directory()).configure(CONFIGURATION);
    scene.aws.add(ALICE);
    Files.createDirectory(scene.place.resolve("tmp"));
    Instant now = Instant.now();
    MfaDevice device = Objects.requireNonNull(ALICE.mfa());
    // The code of the next half a minute is taken as well.
    Launch.write(scene.place.resolve("cwd/code"), device.code(now));
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private Launch talkative(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("--logs-level=Trace"));
    all.addAll(List.of(words));
    return scene
        .run(all.toArray(String[]::new))
        .env("ATMOS_KEYRING_TYPE", store)
        .env("ATMOS_KEYRING_PASSWORD", PASSWORD)
        .env("ATMOS_TRUSTED_PATHS", scene.place.resolve("cwd").toString())
        .env("ALICE_SECRET", Credentials.SECRET)
        .env("TMPDIR", scene.place.resolve("tmp").toString());
  }

  private Outcome run(String line) throws Exception {
    return talkative(line.split(" ", -1)).run();
  }

  /** Nothing of what it shows is a secret. */
  private void shows(String line) throws Exception {
    Outcome outcome = run(line).succeeded();
    texts.add(outcome.stderr() + outcome.stdout());
  }

  /** Its answer is a secret, and what it says beside that is not. */
  private String gives(String line) throws Exception {
    Outcome outcome = run(line).succeeded();
    texts.add(outcome.stderr());
    return outcome.stdout();
  }

  private Canaries canaries() {
    List<String> secrets = new ArrayList<>(scene.aws.secrets());
    secrets.add(PASSWORD);
    return new Canaries(secrets);
  }

  private void assertUntold() {
    Canaries canaries = canaries();
    assertThat(texts).isNotEmpty().allSatisfy(text -> assertThat(canaries.in(text)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "file"})
  void secretsOfEveryAnswer_areWhereTheyMayBe_andNowhereElse(String type) throws Exception {
    store = type;
    try (ApiServer server = ApiServer.forCluster("demo").accessKeys(scene.aws::accessKey).start()) {
      scene.aws.add(
          Cluster.of("demo", SignInScene.ACCOUNT, Credentials.REGION)
              .server(server.url(), server.caPem()));
      shows("auth login alice --output json");
      shows("auth login dev --no-browser");
      shows("auth login prod --no-browser");
      shows("aws eks update-kubeconfig --integration dev/eks --verbose");
      shows("auth whoami alice");
      shows("auth whoami other --output json");
      shows("auth whoami prod --offline");
      shows("auth env -i dev");
      shows("auth env -i prod -f json");
      shows("auth exec -i dev -- true");
      shows("auth exec -i dev --static -- true");
      shows("auth shell -i dev --shell sh -- -c true");
      shows("auth list --format json");
      shows("auth validate");
      shows("config show");
      shows("config show auth.identities.alice --output json");
      shows("auth logout --all --dry-run");
      Canaries canaries = canaries();
      assertThat(canaries.count()).isGreaterThan(10);
      assertThat(canaries.in(gives("auth env -i dev --static"))).hasSize(2);
      assertThat(canaries.in(gives("auth exec -i dev --static -- env"))).hasSizeBetween(2, 4);
      assertThat(canaries.in(gives("auth credential-process -i prod"))).hasSize(2);
      assertThat(
              canaries.in(
                  decoded(gives("aws eks token --cluster-name demo --region us-east-2 -i dev"))))
          .as("the session token, which the cluster checks")
          .hasSize(1);
      assertUntold();

      Set<String> expected = new TreeSet<>(Set.of(ROLES));
      if (type.equals("plain")) {
        expected.add("home/.local/state/atmos/auth/sign-in/plain/provider_*");
      }
      assertThat(canaries().holders(scene.place)).isEqualTo(expected);

      shows("auth logout dev");
      shows("auth logout --all");
      assertUntold();
      assertThat(canaries().holders(scene.place)).isEmpty();
    }
  }

  /** The URL that a token is. */
  private static String decoded(String answer) throws Exception {
    String token = Credentials.token(answer);
    String url =
        new String(
            Base64.getUrlDecoder().decode(token.substring("k8s-aws-v1.".length())),
            StandardCharsets.UTF_8);
    return URLDecoder.decode(url, StandardCharsets.UTF_8);
  }

  // ---- whose files they are

  private static Launch under(String mask, Launch launch) {
    List<String> words =
        new ArrayList<>(List.of("sh", "-c", "umask " + mask + "; exec \"$@\"", "sh"));
    words.addAll(launch.words());
    return launch.command(words);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Path only(String name) throws IOException {
    try (Stream<Path> all = Files.walk(scene.state())) {
      return all.filter(file -> file.toString().matches(".*/" + name)).findFirst().orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "077"})
  void files_underAnyMask_areTheirOwnersAlone(String mask) throws Exception {
    for (String line : List.of("auth login prod --no-browser", "auth env -i dev")) {
      under(mask, talkative(line.split(" ", -1))).run().succeeded();
    }
    try (Stream<Path> all = Files.walk(scene.home.resolve(".local"))) {
      for (Path path : all.toList()) {
        // Programs don't write to the profiles that they get.
        String file = path.toString().contains("/profiles/") ? "r--------" : "rw-------";
        assertThat(mode(path))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : file);
      }
    }
  }

  @Test
  void modes_thatLetOthersRead_areMended() throws Exception {
    scene.signIn("dev");
    Path role = only("credentials");
    Path token = only("plain/provider_.*");
    Scratch.open(role, "rw-r--r--");
    Scratch.open(token, "rw-r--r--");
    Scratch.open(token.resolveSibling(""), "rwxr-xr-x");

    scene.token("dev").run().succeeded().quiet();
    scene.run("auth", "login", "dev", "--no-browser", "--force").run().succeeded();

    assertThat(List.of(mode(role), mode(token), mode(token.resolveSibling(""))))
        .containsExactly("rw-------", "rw-------", "rwx------");
  }

  @Test
  void file_thatOthersCanWrite_isNotRead_andMadeAnew() throws Exception {
    scene.signIn("dev");
    Path role = only("credentials");
    int before = scene.aws.count(Operation.GET_ROLE_CREDENTIALS);
    Scratch.open(role, "rw-rw-rw-");

    scene.token("dev").run().succeeded().quiet();

    assertThat(scene.aws.count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(before + 1);
    assertThat(mode(role)).isEqualTo("rw-------");
  }

  @Test
  void places_thatOthersCanChange_areRefused() throws Exception {
    scene.signIn("dev");
    for (Path place :
        List.of(
            only("credentials").resolveSibling(""), scene.state(), scene.home.resolve(".local"))) {
      String before = mode(place);
      Scratch.open(place, "rwxrwxrwx");

      Outcome login = scene.run("auth", "login", "dev", "--no-browser", "--force").run();

      assertThat(login.exit()).as(login.stderr()).isIn(1, 2);
      assertThat(login.stderr()).contains(place + " can be changed by other users");
      Scratch.open(place, before);
    }
    scene.token("dev").run().succeeded();
  }

  @Test
  void links_thatWerePlanted_areNotFollowed() throws Exception {
    scene.signIn("dev");
    Path canary = Launch.write(scene.place.resolve("canary"), "mine\n");
    for (String names : List.of("locks/.*", "sign-in/.*")) {
      List<Path> planted = plantLinks(names, canary);
      Outcome refused = scene.run("auth", "login", "dev", "--no-browser", "--force").run();
      assertThat(refused.exit()).as(refused.stderr()).isEqualTo(1);
      for (Path link : planted) {
        Files.delete(link);
      }
    }
    plantLinks("roles/.*", canary);

    scene.signIn("dev");

    scene.token("dev").run().succeeded().quiet();
    assertThat(canary).hasContent("mine");
    assertThat(mode(canary)).isEqualTo("rw-r--r--");
    try (Stream<Path> all = Files.walk(scene.state())) {
      assertThat(all.filter(Files::isSymbolicLink)).isEmpty();
    }
  }

  /** In place of what is there. */
  private List<Path> plantLinks(String names, Path target) throws IOException {
    List<Path> planted;
    try (Stream<Path> all = Files.walk(scene.state())) {
      planted =
          all.filter(Files::isRegularFile)
              .filter(file -> scene.state().relativize(file).toString().matches(names))
              .toList();
    }
    assertThat(planted).hasSizeGreaterThan(1);
    for (Path file : planted) {
      Files.delete(file);
      Files.createSymbolicLink(file, target);
    }
    return planted;
  }

  @Test
  void users_ofOneMachine_neitherShareNorWait() throws Exception {
    if (!Tools.isRoot()) {
      throw Tools.absent("only root can be several users");
    }
    List<Launch.Running> running = new ArrayList<>();
    List<Path> homes = new ArrayList<>();
    Path tmp = Scratch.open(scene.place.resolve("tmp"), "rwxrwxrwx");
    try (RequestGate gate = scene.aws.hold(Operation.GET_ROLE_CREDENTIALS)) {
      for (int user : new int[] {65533, 65534}) {
        Path home = scratch.directory();
        Files.setAttribute(home, "unix:uid", user);
        homes.add(home);
        Launch login = scene.run("auth", "login", "dev", "--no-browser");
        login.env("HOME", home.toString()).env("TMPDIR", tmp.toString());
        running.add(as(user, login).start());
        // The first holds all of its locks while the second gets as far.
        gate.awaitArrivals(1);
      }
    }
    for (Launch.Running each : running) {
      each.finish().succeeded();
    }
    Launch token = scene.token("dev").env("HOME", homes.getFirst().toString());
    assertThat(as(65533, token).run().succeeded().stdout()).contains("k8s-aws-v1.");

    // Nobody takes another's for his own, not even who can read them.
    Map<String, String> before = SignInScene.files(homes.getFirst());
    Launch another = scene.token("dev").env("HOME", homes.getFirst().toString());
    for (Launch each : List.of(as(65534, another), as(0, another))) {
      Outcome refused = each.run();
      assertThat(refused.exit()).as(refused.stderr()).isIn(1, 2, 4);
      assertThat(refused.stdout()).isEmpty();
    }
    assertThat(SignInScene.files(homes.getFirst())).isEqualTo(before);
  }

  private static Launch as(int user, Launch launch) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Tools.program("setpriv").toString(),
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "--"));
    words.addAll(launch.words());
    return launch.command(words);
  }
}
