package dev.atmos.distribution;

import static dev.atmos.distribution.Credentials.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real file system holds in store, for a user who owns nothing of it. */
class BadInputIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();
  private static final int AT_MOST_SECONDS = 15;

  private static Launch token(Path place, String... more) throws Exception {
    return product.token(place, more).asMortal();
  }

  private static Launch withoutKeys(Path place, String... more) throws Exception {
    return token(place, more).without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cwd/atmos.yaml", "home/.config/atmos/atmos.yaml"})
  void token_withAnUnreadableConfiguration_fails(String file) throws Exception {
    Path place = scratch.openDirectory();
    Launch launch = token(place);
    Path unreadable = Scratch.open(Launch.write(place.resolve(file), "auth: {}\n"), "---------");
    assertThat(launch.run().failed(2))
        .contains(unreadable.toString())
        .contains("permission denied");
  }

  @Test
  void token_withUnreadableSharedFiles_fails() throws Exception {
    Path place = scratch.openDirectory();
    Launch launch = withoutKeys(place);
    Path unreadable =
        Scratch.open(
            Launch.write(launch.home().resolve(".aws/credentials"), "[default]\n"), "---------");
    assertThat(launch.run().failed(2))
        .contains(unreadable.toString())
        .contains("permission denied");
  }

  @Test
  void token_withSharedFilesInAClosedDirectory_fails() throws Exception {
    Path place = scratch.openDirectory();
    Launch launch = withoutKeys(place);
    Launch.write(launch.home().resolve(".aws/credentials"), "[default]\n");
    Scratch.open(launch.home().resolve(".aws"), "---------");
    assertThat(launch.run().failed(2)).contains(".aws").contains("permission denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"home/.aws/credentials", "home/.aws/config"})
  void token_withAPipeForAFile_failsAtOnce(String file) throws Exception {
    Path place = scratch.openDirectory();
    Launch launch = withoutKeys(place);
    Path pipe = place.resolve(file);
    Files.createDirectories(pipe.resolveSibling(""));
    Tools.program("mkfifo");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(launch.run().failed(2)).contains(pipe.toString()).contains("isn't a plain file");
  }

  @ParameterizedTest
  @CsvSource({"home/.aws/credentials", "home/.aws/config"})
  void token_withADirectoryForAFile_fails(String file) throws Exception {
    Path place = scratch.openDirectory();
    Launch launch = withoutKeys(place);
    Path directory = Files.createDirectories(place.resolve(file));
    assertThat(launch.run().failed(2)).contains(directory.toString()).contains("is a directory");
  }

  /** A search takes regular files only. */
  @ParameterizedTest
  @CsvSource({"cwd/atmos.yaml", "home/.config/atmos/atmos.yaml"})
  void token_withADirectoryForAConfiguration_passesItOver(String file) throws Exception {
    Path place = scratch.openDirectory();
    Launch launch = token(place);
    Files.createDirectories(place.resolve(file));
    launch.run().succeeded();
  }

  @Test
  void token_withAConfigurationOfAHundredMegabytes_fails() throws Exception {
    Path place = scratch.openDirectory();
    Launch launch = token(place);
    Path large = launch.workingDirectory().resolve("atmos.yaml");
    String line = "# " + "a comment of a hundred characters ".repeat(3).substring(0, 97) + "\n";
    assertThat(line).hasSize(100);
    try (BufferedWriter out = Files.newBufferedWriter(large)) {
      for (int i = 0; i < 1_000_000; i++) {
        out.write(line);
      }
    }
    assertThat(launch.run().failed(2)).contains(large.toString()).contains("8");
  }

  @Test
  void token_withBrokenYaml_failsWithTheLine() throws Exception {
    Path place = scratch.openDirectory();
    Launch launch = token(place);
    Launch.write(
        launch.workingDirectory().resolve("atmos.yaml"),
        """
        auth:
          identities:
            dev: [unclosed
        secret: hunter2
        """);
    Outcome outcome = launch.run();
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr().lines().toList()).hasSizeBetween(1, 2);
    assertThat(outcome.stderr()).contains("atmos.yaml:").doesNotContain("hunter2");
  }

  /** The instance metadata service, a container's and every proxy: none of them is asked. */
  @Test
  void token_withoutCredentialsAnywhere_failsWithoutANetwork() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + socket.getLocalPort();
      Launch launch =
          withoutKeys(scratch.openDirectory())
              .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", url)
              .env("AWS_ENDPOINT_URL", url)
              .env("AWS_ENDPOINT_URL_STS", url)
              .env("HTTP_PROXY", url)
              .env("HTTPS_PROXY", url);
      Outcome outcome = launch.runFor(AT_MOST_SECONDS);
      assertThat(outcome.failed(4)).contains("no AWS credentials").contains("metadata");
      assertNobodyCame(socket);
    }
  }

  @Test
  void token_withKeysBesideEndpointsOfAllKinds_needsNoNetwork() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + socket.getLocalPort();
      Launch launch =
          token(scratch.openDirectory())
              .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", url)
              .env("AWS_ENDPOINT_URL", url)
              .env("AWS_ENDPOINT_URL_STS", url)
              .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)
              .env("HTTPS_PROXY", url);
      assertThat(accepted(launch.run().quiet()).host()).isEqualTo("sts.us-east-2.amazonaws.com");
      assertNobodyCame(socket);
    }
  }

  private static void assertNobodyCame(ServerSocket socket) throws IOException {
    socket.setSoTimeout(1);
    try {
      socket.accept().close();
    } catch (SocketTimeoutException e) {
      return;
    }
    throw new AssertionError("somebody connected");
  }

  @Test
  void token_withAnExpiredSessionToken_fails() throws Exception {
    Launch launch =
        token(scratch.openDirectory())
            .env("AWS_SESSION_TOKEN", Credentials.SESSION_TOKEN)
            .env("AWS_CREDENTIAL_EXPIRATION", "2020-01-01T00:00:00Z");
    assertThat(launch.run().failed(4))
        .contains("2020-01-01T00:00:00Z")
        .contains("AWS_CREDENTIAL_EXPIRATION");
  }

  @Test
  void token_withAnExpiredProfile_fails() throws Exception {
    Launch launch = withoutKeys(scratch.openDirectory()).env("AWS_PROFILE", "old");
    Launch.write(
        launch.home().resolve(".aws/credentials"),
        """
        [old]
        aws_access_key_id = AKIDEXAMPLE
        aws_secret_access_key = example
        aws_session_token = example
        x_security_token_expires = 2020-01-01T00:00:00Z
        """);
    assertThat(launch.run().failed(4)).contains("2020-01-01T00:00:00Z").contains("old");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws eks token",
        "aws eks token --cluster-name demo",
        "aws eks token --cluster-name demo --region",
        "aws eks token --cluster-name demo --region US-EAST-2",
        "aws eks token --cluster-name d\u0007 --region us-east-2",
        "aws eks token --cluster-name demo --region us-east-2 more",
        "aws eks token --cluster-name demo --region us-east-2 --identity",
        "aws eks token --cluster-name demo --region us-east-2 --identity nobody",
        "aws eks tokne",
        "no-such-command",
        "--no-such-option",
        "@/etc/passwd",
      })
  void wrongWords_getOneLineAndNoUsage(String words) throws Exception {
    Path place = scratch.openDirectory();
    assertThat(product.run(place, words.split(" ", -1)).run().failed(2))
        .doesNotContain("Usage")
        .doesNotContain("\u0007");
  }

  @ParameterizedTest
  @CsvSource({"'{', v1beta1", "'[1]', v1beta1", "null, v1beta1"})
  void token_withAMalformedExecInfo_isAcceptedWithALineBesideIt(String info, String version)
      throws Exception {
    Outcome outcome = token(scratch.openDirectory()).env("KUBERNETES_EXEC_INFO", info).run();
    accepted(outcome);
    assertThat(outcome.stdout()).contains("\"client.authentication.k8s.io/" + version + "\"");
    List<String> lines = outcome.stderr().lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).contains("KUBERNETES_EXEC_INFO");
  }
}
