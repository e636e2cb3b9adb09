package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kubeconfigs that the product, kubectl and the AWS CLI (with PyYAML) read and write in turn:
 * nobody loses anything by us, and all read the same in what we write.
 */
class KubeconfigExchangeIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();

  /** What one reader or another takes for something else than a text, as names. */
  private static final List<String> WORDS =
      List.of(
          "y",
          "n",
          "Y",
          "N",
          "on",
          "off",
          "yes",
          "no",
          "true",
          "null",
          "~",
          "0600",
          "007",
          "0123",
          "1e3",
          "12e4",
          "1E400",
          "0x1F",
          "0b11",
          "0o17",
          "1_000",
          "12:30:45",
          "2025-01-15",
          ".5",
          "+1",
          "1.",
          ".inf",
          ".nan",
          "=",
          "<<",
          "!t",
          "&a",
          "*b",
          "%p",
          "@q",
          "#x",
          "a: b",
          "\u00e9",
          "' '",
          "[a]",
          "{a",
          "? a",
          "|",
          ">");

  private EksScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = EksScene.start(product, scratch.directory());
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private void kubeconfig(String text) throws IOException {
    Files.writeString(scene.kubeconfig(), text);
    Scratch.open(scene.kubeconfig(), "rw-r-----");
  }

  // ---- nothing is lost

  static List<String> texts() {
    return List.of(EksScene.FOREIGN, large(), large().replace("\n", "\r\n"));
  }

  private static final String EXEC =
      """
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        args:
          - >-
            one long
            line
        command: login
        env: null
      """
          .indent(4);

  /** A kubeconfig of many years and many hands. */
  private static String large() {
    Random random = new Random(5);
    StringBuilder clusters = new StringBuilder();
    StringBuilder contexts = new StringBuilder();
    StringBuilder users = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      byte[] certificate = new byte[900 + random.nextInt(300)];
      random.nextBytes(certificate);
      String quote = List.of("", "'", "\"").get(i % 3);
      clusters
          .append("  # team ")
          .append(i % 7)
          .append(i % 5 == 0 ? "\n\n" : ", ask first\n")
          .append("  - cluster:\n")
          .append("      certificate-authority-data: ")
          .append(Base64.getEncoder().encodeToString(certificate))
          .append('\n')
          .append("      server:   https://k")
          .append(i)
          .append(".example   # port 443\n")
          .append(i % 4 == 0 ? "      x-cost-centre: 0123\n" : "")
          .append("    name: ")
          .append(quote)
          .append('k')
          .append(i)
          .append(quote)
          .append('\n');
      contexts
          .append("-   name: ")
          .append(quote)
          .append('k')
          .append(i)
          .append(quote)
          .append('\n')
          .append(
              i % 2 == 0
                  ? "    context: {cluster: k" + i + ", user: 'u" + i + "', namespace: \"on\"}\n"
                  : "    context:\n          user: u" + i + "\n          cluster: k" + i + "\n");
      users
          .append("- name: u")
          .append(i)
          .append("  # since 20")
          .append(10 + i % 15)
          .append('\n')
          .append("  user:\n")
          .append(i % 3 == 0 ? EXEC : "    token: !!str 00" + i + "\n");
    }
    return "# Do not edit by hand, unless you know how.\n---\nkind: Config\nusers:\n"
        + users
        + "x-notes: |\n  - name: not-a-cluster\n    # not a comment\n\nclusters:\n"
        + clusters
        + "current-context:   'k17'   # for now\ncontexts:\n"
        + contexts
        + "apiVersion: v1\npreferences: {colors: true}\n# the end\n";
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("texts")
  void commentedFile_addedToTwiceAndTakenOutOf_isEqualByteForByte(String text) throws Exception {
    scene.cluster("demo");
    kubeconfig(text);
    Path kubectl = EksScene.kubectl();
    Set<String> contexts = scene.contexts(kubectl);
    scene.updateNamed("demo").run().succeeded();
    long written = Files.getLastModifiedTime(scene.kubeconfig()).toMillis();
    contexts.add(EksScene.arn("demo"));
    assertThat(scene.contexts(kubectl)).isEqualTo(contexts);

    scene.updateNamed("demo").run().succeeded();
    assertThat(Files.getLastModifiedTime(scene.kubeconfig()).toMillis()).isEqualTo(written);
    scene.updateNamed("demo", "--remove").run().succeeded();

    assertThat(scene.kubeconfig()).content().isEqualTo(text);
    assertThat(Files.getPosixFilePermissions(scene.kubeconfig())).hasSize(3);
    assertThat(scene.place().toFile().list()).containsExactlyInAnyOrder(scene.beside());
  }

  @Test
  void file_thatKubectlHasWritten_isMergedIntoWithoutLoss() throws Exception {
    scene.cluster("demo");
    kubeconfig(EksScene.FOREIGN);
    Path kubectl = EksScene.kubectl();
    Set<String> contexts = new TreeSet<>(Set.of("local"));
    scene.program(kubectl, "config", "set-credentials", "y", "--token=0x1F").run().succeeded();
    for (String word : WORDS) {
      // Words of another character set are not read at all.
      if (word.chars().allMatch(c -> c < 0x7f)) {
        scene.program(kubectl, "config", "set-context", word, "--cluster", word).run().succeeded();
        contexts.add(word);
      }
    }
    String theirs = Files.readString(scene.kubeconfig());

    scene.updateNamed("demo").run().succeeded();
    contexts.add(EksScene.arn("demo"));
    assertThat(scene.contexts(kubectl)).isEqualTo(contexts);
    scene.updateNamed("demo", "--remove").run().succeeded();

    assertThat(scene.kubeconfig()).content().isEqualTo(theirs);
  }

  @Test
  void file_thatTheAwsCliHasWritten_isMergedIntoWithoutLoss() throws Exception {
    scene.cluster("demo");
    scene.cluster("theirs");
    // Without quotes, so that kubectl can't read the file any more.
    scene.awsUpdate("theirs", "--alias", "y").run().succeeded();
    scene.awsUpdate("theirs", "--alias", "1e3", "--user-alias", "0o17").run().succeeded();
    String theirs = Files.readString(scene.kubeconfig());

    scene.updateNamed("demo", "--no-switch").run().succeeded();
    assertThat(Files.readAllLines(scene.kubeconfig()))
        .hasSizeGreaterThan(theirs.lines().toList().size())
        .containsSubsequence(theirs.lines().toList());
    scene.updateNamed("demo", "--remove").run().succeeded();

    assertThat(scene.kubeconfig()).content().isEqualTo(theirs);
  }

  // ---- all read the same

  /** Each word is the name of an identity, a context and, in a way, of a user. */
  private static String configuration() {
    StringBuilder identities = new StringBuilder("auth:\n  identities:\n");
    StringBuilder integrations = new StringBuilder("  integrations:\n");
    for (int i = 0; i < WORDS.size(); i++) {
      String word = "\"" + WORDS.get(i) + "\"";
      identities
          .append("    ")
          .append(word)
          .append(": {kind: aws/user, credentials: ")
          .append("{access_key_id: AKIDEXAMPLE, secret_access_key: !env THE_SECRET}}\n");
      integrations
          .append("    i")
          .append(i)
          .append(": {kind: aws/eks, via: {identity: ")
          .append(word)
          .append("}, spec: {cluster: {name: \"1e3\", region: us-east-2, alias: ")
          .append(word)
          .append("}}}\n");
    }
    return identities.toString() + integrations;
  }

  private Launch updateWords() throws IOException {
    List<String> words = new ArrayList<>(List.of("--no-switch"));
    for (int i = 0; i < WORDS.size(); i++) {
      words.addAll(List.of("--integration", "i" + i));
    }
    return scene
        .update(words.toArray(String[]::new))
        .env("THE_SECRET", Credentials.SECRET)
        .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
  }

  /** By context, the identity that its user's command names. */
  private static Map<String, String> identities(JsonNode view) {
    Map<String, String> byUser = new TreeMap<>();
    for (JsonNode user : view.path("users")) {
      JsonNode args = user.path("user").path("exec").path("args");
      if (args.path(7).asText().equals("--identity")) {
        assertThat(args.path(4).asText()).isEqualTo("1e3");
        byUser.put(user.path("name").asText(), args.path(8).asText());
      }
    }
    Map<String, String> byContext = new TreeMap<>();
    for (JsonNode context : view.path("contexts")) {
      String identity = byUser.get(context.path("context").path("user").asText());
      if (identity != null) {
        byContext.put(context.path("name").asText(), identity);
      }
    }
    return byContext;
  }

  @Test
  void wordsThatReadersMistake_asNames_areThatTextToKubectlAndPyYaml() throws Exception {
    scene.cluster("1e3");
    scene.cluster("demo");
    Map<String, String> wanted = new TreeMap<>();
    WORDS.forEach(word -> wanted.put(word, word));
    Launch.write(scene.place().resolve("cwd/atmos.yaml"), configuration());

    updateWords().run().succeeded();

    String ours = Files.readString(scene.kubeconfig());
    for (Path kubectl : KubectlIT.kubectls()) {
      assertThat(identities(scene.view(kubectl))).isEqualTo(wanted);
    }
    // What PyYAML has taken for a number or a truth, it would write as one.
    scene.awsUpdate("demo", "--alias", "cli").run().succeeded();
    assertThat(scene.kubeconfig()).content().isNotEqualTo(ours);
    updateWords().run().succeeded();
    JsonNode healed = scene.view(EksScene.kubectl());
    assertThat(identities(healed)).isEqualTo(wanted);
    assertThat(scene.contexts(EksScene.kubectl())).hasSize(WORDS.size() + 1).contains("cli");
  }

  @Test
  void file_thatIsOurs_isMergedIntoByTheAwsCli() throws Exception {
    scene.cluster("demo");
    scene.cluster("other");
    scene.updateNamed("demo", "other").run().succeeded();
    JsonNode view = scene.view(EksScene.kubectl());
    assertThat(view.path("current-context").asText()).isEqualTo(EksScene.arn("demo"));
    JsonNode exec = view.path("users").get(0).path("user").path("exec");
    assertThat(exec.path("interactiveMode").asText()).isEqualTo("Never");
    assertThat(exec.path("command").asText()).isEqualTo(product.launcher().toString());

    scene.awsUpdate("demo", "--alias", "cli").run().succeeded();
    Set<String> merged = new TreeSet<>(Set.of("cli", EksScene.arn("demo"), EksScene.arn("other")));
    assertThat(scene.contexts(EksScene.kubectl())).isEqualTo(merged);

    Outcome again = scene.updateNamed("demo", "other", "--no-switch").run().succeeded();
    assertThat(again.stderr()).contains(EksScene.arn("other") + " is up to date");
    assertThat(scene.contexts(EksScene.kubectl())).isEqualTo(merged);
  }
}
