package dev.atmos.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.json.JsonObject;
import dev.atmos.loopback.json.StrictJson;
import dev.atmos.loopback.kubernetes.TokenVectors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
  private static final String TOKEN = TokenVectors.byId("us-east-2/demo/nost").text("token");
  private static final String TEMPORARY = TokenVectors.byId("us-east-2/demo/st").text("token");
  private static final List<String> KEY =
      List.of("--access-key-id", TokenVectors.KEY_ID, "--secret-access-key-from-env", "SECRET");

  private record Run(int exitCode, String out, String err) {
    static Run of(String stdin, List<String> args) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int exitCode =
          new Loopback(
                  new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                  new PrintStream(out, true, StandardCharsets.UTF_8),
                  new PrintStream(err, true, StandardCharsets.UTF_8),
                  Map.of("SECRET", TokenVectors.SECRET, "EMPTY", ""),
                  TokenVectors.CLOCK)
              .run(args);
      return new Run(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  private static List<String> args(List<String> more, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(more);
    return all;
  }

  @Test
  void verify_withATokenAndItsKey_acceptsItAndSaysWhatItIs() {
    Run run = Run.of(TOKEN + "\n", args(KEY, "verify", "--cluster-name", "demo"));

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            host:            sts.us-east-2.amazonaws.com
            region:          us-east-2
            access key id:   AKIDEXAMPLE
            signed at:       2025-01-15T12:00:00Z
            accepted until:  2025-01-15T12:15:00Z
            signed headers:  host;x-k8s-aws-id
            session token:   no
            length:          481 of 4096
            signature:       recomputed, equal
            accepted
            """);
  }

  @Test
  void verify_withAnExecCredential_saysWhatKubectlIsTold() {
    JsonObject status =
        new JsonObject()
            .with("expirationTimestamp", "2025-01-15T12:14:00Z")
            .with("token", TEMPORARY);
    String credential =
        StrictJson.write(
            new JsonObject()
                .with("apiVersion", "client.authentication.k8s.io/v1beta1")
                .with("kind", "ExecCredential")
                .with("status", status));
    Run run = Run.of(credential, List.of("verify"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("API version:     client.authentication.k8s.io/v1beta1\n")
        .contains("expires:         2025-01-15T12:14:00Z\n")
        .contains("session token:   yes\n")
        .contains("signature:       not recomputed\n")
        .endsWith("accepted\n")
        .doesNotContain("AQoDYXdz");
  }

  @ParameterizedTest
  @CsvSource({
    "demo2, aws, 2025-01-15T12:00:00Z, N24",
    "demo, aws-cn, 2025-01-15T12:00:00Z, N10",
    "demo, aws, 2025-01-15T12:15:01Z, N23",
    "demo, aws, 2025-01-15T11:00:00Z, P19",
  })
  void verify_whereAServerWouldRefuse_namesTheRuleAndExits1(
      String cluster, String partition, String at, String rule) {
    Run run =
        Run.of(
            TOKEN,
            args(KEY, "verify", "--cluster-name", cluster, "--partition", partition, "--at", at));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines().toList().getLast()).startsWith("refused: " + rule + " ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{}", "{\"kind\":\"Status\",\"status\":{\"token\":\"x\"}}"})
  void verify_withJsonThatIsNoExecCredential_exits1(String stdin) {
    Run run = Run.of(stdin, List.of("verify"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("loopback: standard input is ").hasLineCount(1);
  }

  @Test
  void verify_withNothing_isRefused() {
    Run run = Run.of("", List.of("verify"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).startsWith("refused: N2 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "other",
        "verify --what",
        "verify --at yesterday",
        "verify --at",
        "verify --partition moon",
        "verify --partition aws --partition aws",
        "verify --access-key-id A",
        "verify --secret-access-key-from-env SECRET",
        "verify --access-key-id A --secret-access-key-from-env SECRET",
        "verify --access-key-id A --secret-access-key-from-env NONE --cluster-name demo",
        "verify --access-key-id A --secret-access-key-from-env EMPTY --cluster-name demo",
        "api-server",
        "api-server --cluster-name demo",
        "api-server --cluster-name demo --access-key-id A",
        "api-server --cluster-name demo --access-key-id A --secret-access-key-from-env NONE",
        "api-server --cluster-name demo --access-key-id A --secret-access-key-from-env SECRET"
            + " --kubeconfig k",
        "api-server --cluster-name demo --access-key-id A --secret-access-key-from-env SECRET"
            + " -- atmos",
        "api-server --cluster-name demo --access-key-id A --secret-access-key-from-env SECRET"
            + " --exit-with x",
        "aws",
        "aws --scene",
        "aws --scene s --what",
        "api-server --cluster-name demo --port 65536",
        "api-server --cluster-name demo --port -1",
      })
  void run_withWrongUsage_exits2WithOneLine(String line) {
    Run run = Run.of("", line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("loopback: ").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "--help, 'verify,api-server,aws'",
    "verify --help, '--cluster-name,--secret-access-key-from-env'",
    "api-server --help, '--cluster-name,--kubeconfig,--port-file,COMMAND'",
    "aws --help, '--scene,--proxy,--port-file'"
  })
  void help_isOnStandardOutput(String line, String named) {
    Run run = Run.of("", List.of(line.split(" ", -1)));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: loopback").contains(named.split(",", -1));
  }

  @Test
  void apiServer_untilStdinCloses_writesItsFilesAndStops(@TempDir Path directory) throws Exception {
    Path port = directory.resolve("port");
    Path ca = directory.resolve("ca.pem");
    Path kubeconfig = directory.resolve("kubeconfig");
    List<String> args =
        args(
            List.of("--", "atmos", "aws", "eks", "token"),
            "api-server",
            "--cluster-name",
            "demo",
            "--access-key-id",
            TokenVectors.KEY_ID,
            "--secret-access-key-from-env",
            "SECRET",
            "--port-file",
            port.toString(),
            "--kubeconfig-ca",
            ca.toString(),
            "--until-stdin-closes",
            "--kubeconfig",
            kubeconfig.toString());
    Run run = Run.of("anything\n", args);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    String url = "https://127.0.0.1:" + Files.readString(port).strip();
    assertThat(run.out()).isEqualTo("listening on " + url + " for cluster demo\n");
    assertThat(ca).content().startsWith("-----BEGIN CERTIFICATE-----\n");
    assertThat(kubeconfig)
        .content()
        .contains("server: " + url + "\n", "command: atmos\n", "interactiveMode: Never\n");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(port, ca, kubeconfig);
    }
  }

  private static final String SCENE =
      """
      {"users": [{"account": "111122223333", "name": "alice", "accessKeyId": "AKIDEXAMPLE",
         "secretAccessKey": "s3cret", "mfaSeed": "x"}],
       "roles": [{"account": "111122223333", "name": "Deploy", "trusts": ["*"],
         "externalId": "x", "maxSessionSeconds": 7200}],
       "clusters": [{"account": "111122223333", "region": "us-east-2", "name": "demo",
         "apiServer": true}],
       "identityCenters": [{"startUrl": "https://acme.awsapps.com/start", "region": "us-east-1",
         "allowedBy": "ann", "allowedAfterPolls": 1, "accessTokenSeconds": 60,
         "roleCredentialSeconds": 60, "assignments": [{"user": "ann",
         "account": "111122223333", "accountName": "production", "roles": ["Admin"]}]}]}
      """;

  private static Run aws(Path directory, String scene, String... more) throws Exception {
    Path file = Files.writeString(directory.resolve("scene.json"), scene);
    return Run.of(
        "", args(List.of(more), "aws", "--until-stdin-closes", "--scene", file.toString()));
  }

  @Test
  void aws_untilStdinCloses_writesItsFilesAndStops(@TempDir Path directory) throws Exception {
    Path port = directory.resolve("port");
    Path ca = directory.resolve("ca.pem");
    Path env = directory.resolve("env");
    Run run =
        aws(
            directory,
            SCENE,
            "--port-file",
            port.toString(),
            "--ca",
            ca.toString(),
            "--host",
            "sts.us-east-2.amazonaws.com",
            "--env",
            env.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    String address = "127.0.0.1:" + Files.readString(port).strip();
    assertThat(run.out())
        .isEqualTo(
            "listening on http://%s and https://%s\n".formatted(address, address)
                + Files.readString(env));
    assertThat(env)
        .content()
        .isEqualTo(
            "export AWS_ENDPOINT_URL=http://%s\nexport AWS_EC2_METADATA_DISABLED=true\n"
                .formatted(address));
    assertThat(ca).content().startsWith("-----BEGIN CERTIFICATE-----\n");
  }

  @Test
  void scene_ofAClusterThatRunsElsewhere_describesItsServer(@TempDir Path directory)
      throws Exception {
    String scene =
        """
        {"clusters": [{"account": "111122223333", "region": "us-east-2", "name": "demo",
          "endpoint": "https://127.0.0.1:6443", "caData": "eA=="}]}
        """;
    Path file = Files.writeString(directory.resolve("scene.json"), scene);

    assertThat(SceneFile.read(file).clusters())
        .singleElement()
        .extracting(SceneFile.ClusterEntry::cluster)
        .isEqualTo(
            Cluster.of("demo", "111122223333", "us-east-2").raw("https://127.0.0.1:6443", "eA=="));
  }

  @Test
  void aws_asAProxy_isExportedAsOne(@TempDir Path directory) throws Exception {
    Run run = aws(directory, "{}", "--proxy");

    assertThat(run.out())
        .contains("\nexport HTTPS_PROXY=http://127.0.0.1:")
        .doesNotContain("AWS_ENDPOINT_URL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | , line 1: Unexpected end-of-input",
        "[] | , line 1: Cannot deserialize",
        "null | null is not a value",
        "{`role`:[]} | , role: Unrecognized field `role`",
        "{`roles`:{}} | , roles: Cannot deserialize",
        "{`roles`:[1]} | , roles.0: Cannot construct",
        "{`roles`:[{`name`:`x`}]} | , roles.0.account: Missing required creator property 'account'",
        "{`roles`:[{`name`:`x`,`account`:`1`,`trusts`:[1]}]}"
            + " | , roles.0.trusts.0: Cannot coerce Integer value (1)",
        "{`roles`:[{`name`:`x`,`account`:`1`,`maxSessionSeconds`:`9`}]}"
            + " | , roles.0.maxSessionSeconds: Cannot coerce String value (`9`)",
        "{`clusters`:[{`name`:`x`,`account`:`1`,`region`:`us-east-1`,`regoin`:`us-east-1`}]}"
            + " | , clusters.0.regoin: Unrecognized field",
      })
  void aws_ofASceneThatIsWrong_exits1AndSaysWhatIsWrong(
      String scene, String message, @TempDir Path directory) throws Exception {
    Run run = aws(directory, scene.replace('`', '"'));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("loopback: " + directory.resolve("scene.json"))
        .contains(message.replace('`', '"'))
        .hasLineCount(1);
  }
}
