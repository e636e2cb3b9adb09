package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.kubernetes.VerifiedToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The AWS CLI as the oracle: what it makes of the same credentials is what we make of them. */
class AwsCliIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static Path aws = Path.of("aws");

  @BeforeAll
  static void find() throws Exception {
    aws = Tools.aws();
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-2, demo, AWS, false",
    "us-east-2, demo, AWS, true",
    "us-east-1, A.b-c_9, AWS, true",
    "eu-central-1, 0, AWS, false",
    "us-gov-west-1, demo, AWS_US_GOV, true",
    "cn-north-1, demo, AWS_CN, false",
  })
  void token_besideTheAwsClis_hasTheSameHostAndParameters(
      String region, String cluster, Partition partition, boolean temporary) throws Exception {
    Path place = scratch.directory();
    List<String> ours =
        List.of("aws", "eks", "token", "--cluster-name", cluster, "--region", region);
    List<String> theirs =
        List.of(
            aws.toString(),
            "eks",
            "get-token",
            "--cluster-name",
            cluster,
            "--region",
            region,
            "--output",
            "json");
    Launch[] launches = {
      Product.selfContained().run(place, ours), Launch.in(place).command(theirs)
    };
    List<VerifiedToken> tokens = new ArrayList<>();
    for (Launch launch : launches) {
      if (temporary) {
        launch.env("AWS_SESSION_TOKEN", Credentials.SESSION_TOKEN);
      }
      JsonNode answer = new ObjectMapper().readTree(launch.run().succeeded().stdout());
      assertThat(answer.get("apiVersion").textValue())
          .isEqualTo("client.authentication.k8s.io/v1beta1");
      tokens.add(
          Credentials.verified(partition, cluster, answer.get("status").get("token").textValue()));
    }
    VerifiedToken our = tokens.get(0);
    VerifiedToken their = tokens.get(1);
    assertThat(our.host()).isEqualTo(their.host());
    assertThat(our.isTemporary()).isEqualTo(temporary);
    assertThat(our.sessionToken()).isEqualTo(their.sessionToken());
    Map<String, String> parameters = parameters(our.url());
    assertThat(parameters).isEqualTo(parameters(their.url()));
  }

  /** The query as it is written, without what the time decides. */
  private static Map<String, String> parameters(String url) {
    Map<String, String> parameters = new TreeMap<>();
    for (String parameter : url.substring(url.indexOf('?') + 1).split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = parameter.substring(0, equals);
      String value = parameter.substring(equals + 1);
      switch (name) {
        case "X-Amz-Date", "X-Amz-Signature" -> parameters.put(name, "");
        // The day may change between the two.
        case "X-Amz-Credential" -> parameters.put(name, value.replaceFirst("%2F\\d{8}%2F", "/"));
        default -> parameters.put(name, value);
      }
    }
    return parameters;
  }
}
