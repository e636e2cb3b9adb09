package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.ApiServer;
import dev.atmos.loopback.aws.Cluster;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.IamUser;
import dev.atmos.loopback.aws.MfaDevice;
import dev.atmos.loopback.aws.Operation;
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
        expected.add("home/.local/state/atmos/auth/sign-in/plain/identity_*");
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

  // ---- what goes wrong

  private void fails(String line) throws Exception {
    Outcome outcome = run(line);
    assertThat(outcome.exit()).as(outcome.stderr()).isNotZero().isNotEqualTo(70);
    assertThat(outcome.stdout()).isEmpty();
    texts.add(outcome.stderr());
  }

  private static final String CANARY = "canary-K7MDENG/bPxRfiCY+zEXAMPLE";

  @Test
  void answersThatAreBroken_areNotShown() throws Exception {
    String garbled = "{\"accessToken\":\"" + CANARY + "\",\"refreshToken\":\"" + CANARY;
    List<Fault> faults =
        List.of(
            Fault.raw(200, Map.of("Content-Type", "application/json"), garbled),
            Fault.raw(200, Map.of(), "[" + garbled + "\"}]"),
            Fault.raw(403, Map.of("Content-Type", "text/html"), "<p>" + CANARY),
            Fault.raw(400, Map.of("x-amzn-ErrorType", "SomethingException"), garbled),
            Fault.halfAnswer());
    for (Fault fault : faults) {
      scene.aws.failAlways(Operation.CREATE_TOKEN, fault);
      fails("auth login dev --no-browser");
    }
    scene.aws.heal(Operation.CREATE_TOKEN);
    shows("auth login --provider corp --no-browser");
    String role = "{\"roleCredentials\":{\"secretAccessKey\":\"" + CANARY + "\",\"expiration\":";
    for (String rest : List.of("", "1}}", "\"soon\"}}", "{}}}", "99999999999999999999}}")) {
      scene.aws.failAlways(Operation.GET_ROLE_CREDENTIALS, Fault.raw(200, Map.of(), role + rest));
      fails("aws eks token --cluster-name demo --region us-east-2 -i dev");
    }
    List<String> all = new ArrayList<>(scene.aws.secrets());
    all.add(CANARY);
    Canaries canaries = new Canaries(all);
    assertThat(texts).allSatisfy(text -> assertThat(canaries.in(text)).isEmpty());
    assertThat(canaries.holders(scene.place))
        .allMatch(name -> name.startsWith("home/.local/state/atmos/auth/sign-in/plain/provider_"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"accessToken\":\"" + CANARY,
        "[default]\naws_secret_access_key = " + CANARY + "\n[dev\nx",
        "\u0000\u0001" + CANARY,
        CANARY
      })
  void filesThatAreBroken_areNotShown(String content) throws Exception {
    shows("auth login dev --no-browser");
    List<Path> files;
    try (Stream<Path> all = Files.walk(scene.state())) {
      files =
          all.filter(file -> file.toString().matches(".*/(credentials|provider_[^/]*)")).toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(2);
    for (Path file : files) {
      Files.writeString(file, content);
    }
    texts.clear();
    for (String line :
        List.of(
            "aws eks token --cluster-name demo --region us-east-2 -i dev",
            "auth whoami dev --offline",
            "auth credential-process -i dev",
            "auth list",
            "auth logout dev --dry-run")) {
      Outcome outcome = run(line);
      assertThat(outcome.exit()).as(outcome.stderr()).isNotEqualTo(70);
      texts.add(outcome.stderr() + outcome.stdout());
    }
    Canaries canaries = new Canaries(List.of(CANARY));
    assertThat(texts).allSatisfy(text -> assertThat(canaries.in(text)).isEmpty());

    shows("auth login dev --no-browser");
    assertThat(canaries.holders(scene.place)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret_access_key: \"" + CANARY + "\n",
        "secret_access_key: [" + CANARY + "\n",
        "secret_access_key: " + CANARY + ": x\n",
        "secret_access_key: {" + CANARY + ": 1}\n",
        "secret_access_key: " + CANARY + "\n        secret_access_key: x\n"
      })
  void configurationThatIsBroken_isNotShown(String line) throws Exception {
    scene.configure(
        "auth:\n  identities:\n    a:\n      kind: aws/user\n      credentials:\n"
            + "        access_key_id: AKIDEXAMPLE\n        "
            + line);
    for (String words :
        List.of("aws eks token --cluster-name demo --region us-east-2", "auth validate")) {
      Outcome outcome = run(words);
      assertThat(outcome.exit()).as(outcome.stderr()).isEqualTo(2);
      assertThat(new Canaries(List.of(CANARY)).in(outcome.stderr() + outcome.stdout()))
          .as(outcome.stderr())
          .isEmpty();
    }
  }

  // ---- whose files they are

  @ParameterizedTest
  @ValueSource(strings = {"000", "077"})
  void files_underAnyMask_areTheirOwnersAlone(String mask) throws Exception {
    for (String line :
        List.of("auth login dev --no-browser", "auth env -i dev", "auth whoami dev")) {
      Launch launch = talkative(line.split(" ", -1));
      List<String> words =
          new ArrayList<>(List.of("sh", "-c", "umask " + mask + "; exec \"$@\"", "sh"));
      words.addAll(launch.words());
      launch.command(words).run().succeeded();
    }
    try (Stream<Path> all = Files.walk(scene.home.resolve(".local"))) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }
}
