package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.kubernetes.ApiServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code atmos aws eks convert-kubeconfig} of the product, on what the AWS CLI has written. */
class ConvertKubeconfigIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void entryOfTheAwsCli_onceConverted_letsKubectlInAsTheSameProfile(int version) throws Exception {
    Path aws = version == 1 ? Tools.aws() : Tools.aws2();
    Path kubectl = EksScene.kubectl();
    Product product = Product.selfContained();
    try (EksScene scene = EksScene.start(product, scratch.directory());
        ApiServer server =
            ApiServer.forCluster("demo")
                .accessKeys(scene.aws()::accessKey)
                .pod("default", "web-1")
                .start()) {
      scene
          .aws()
          .add(
              Cluster.of("demo", EksScene.ACCOUNT, Credentials.REGION)
                  .server(server.url(), server.caPem()));
      Path files = scene.place().resolve("aws-credentials");
      Launch.write(
          files,
          "[work]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
              .formatted(Credentials.KEY_ID, Credentials.SECRET));
      List<String> words =
          List.of(
              "--endpoint-url",
              scene.aws().url(),
              "eks",
              "update-kubeconfig",
              "--name",
              "demo",
              "--region",
              Credentials.REGION);
      scene
          .program(aws, words.toArray(String[]::new))
          .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
          .env("AWS_SHARED_CREDENTIALS_FILE", files.toString())
          .env("AWS_PROFILE", "work")
          .run()
          .succeeded();
      String theirs = Files.readString(scene.kubeconfig());
      Launch convert = product.run(scene.place(), List.of("aws", "eks", "convert-kubeconfig"));
      String report =
          convert
              .env("KUBECONFIG", scene.kubeconfig().toString())
              .env("AWS_SHARED_CREDENTIALS_FILE", files.toString())
              .run()
              .succeeded()
              .stderr();

      assertThat(report).contains("AWS profile work", "1 entry converted");
      String ours = Files.readString(scene.kubeconfig());
      int exec = theirs.indexOf("    exec:");
      assertThat(ours).startsWith(theirs.substring(0, exec)).doesNotContain("get-token");
      assertThat(
              scene
                  .program(kubectl, "get", "pods")
                  // Another shell, with other keys.
                  .env("AWS_ACCESS_KEY_ID", "AKIDOTHEREXAMPLE")
                  .run()
                  .succeeded()
                  .quiet()
                  .stdout())
          .contains("web-1");
    }
  }
}
