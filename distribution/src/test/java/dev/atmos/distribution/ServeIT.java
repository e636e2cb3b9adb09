package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code atmos auth serve}, whose credentials the AWS CLI asks for. */
class ServeIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();

  @Test
  void awsCli_getsCredentials_andTheServerEndsWithTheShell() throws Exception {
    Path aws = Tools.program("aws");
    try (SignInScene scene = SignInScene.in(scratch.directory())) {
      scene.signIn("dev");
      String script =
          """
          "$1" auth serve dev prod -o vars &
          for i in 1 2 3 4 5 6 7 8 9; do grep -q end vars 2>/dev/null || sleep "$i"; done
          ls -l vars | cut -c 1-10
          . ./vars # The variables of prod are the last ones.
          echo "$AWS_CONTAINER_CREDENTIALS_FULL_URI"
          "$2" sts get-caller-identity --query Arn --output text
          AWS_CONTAINER_AUTHORIZATION_TOKEN=wrong "$2" sts get-caller-identity
          echo "$?"
          """;

      Outcome outcome =
          scene
              .run()
              .env("AWS_REGION", "us-east-1")
              .env("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "1")
              .command("sh", "-c", script, "sh", product.launcher().toString(), aws.toString())
              .run()
              .succeeded();

      String[] lines = outcome.stdout().split("\n", -1);
      assertThat(lines[0]).isEqualTo("-rw-------");
      assertThat(lines[2]).contains("444455556666:assumed-role/Deploy/");
      assertThat(lines[3]).isNotEqualTo("0");
      assertThat(new Canaries(scene.aws.secrets()).in(outcome.stdout() + outcome.stderr()))
          .isEmpty();
      assertEnds(URI.create(lines[1]).getPort());
    }
  }

  private static void assertEnds(int port) throws InterruptedException {
    for (int i = 0; i < Launch.SECONDS * 5; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
      } catch (IOException e) {
        return;
      }
      Thread.sleep(200);
    }
    fail("it still listens");
  }
}
