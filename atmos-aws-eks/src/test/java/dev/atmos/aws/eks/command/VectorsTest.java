package dev.atmos.aws.eks.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tokens that {@code aws eks get-token} made, under a clock that stood still. Each vector's {@code
 * ours} says whether this command makes the same one, and what it does where it doesn't.
 */
final class VectorsTest {
  private static final String V1BETA1 = "client.authentication.k8s.io/v1beta1";
  private static final Map<String, JsonNode> VECTORS = read();

  static List<String> vectors() {
    return List.copyOf(VECTORS.keySet());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vector_run_behavesAsItSays(String id) {
    JsonNode vector = vector(id);
    FakeServices context = new FakeServices().at(vector.path("time").asText());
    JsonNode inputs = vector.path("inputs");
    inputs
        .path("extra_env")
        .properties()
        .forEach(entry -> context.environment().set(entry.getKey(), entry.getValue().asText()));
    if (!inputs.path("KUBERNETES_EXEC_INFO").isNull()) {
      context
          .environment()
          .set("KUBERNETES_EXEC_INFO", inputs.path("KUBERNETES_EXEC_INFO").asText());
    }
    FakeIdentities identities = new FakeIdentities(credentials(inputs));
    TokenRun run = TokenRun.of(context, identities, args(inputs));

    String ours = vector.path("ours").asText();
    switch (ours) {
      case "same", "same, given as --cluster-name" -> {
        assertAnswer(run, vector, vector.path("apiVersion").asText());
        assertThat(run.said()).isEmpty();
      }
      case "same, and one line on stderr: longer than servers accept" -> {
        assertAnswer(run, vector, vector.path("apiVersion").asText());
        assertThat(run.said()).singleElement().asString().contains("4096");
      }
      case "the token of us-east-2/demo/nost, apiVersion v1beta1, one line on stderr" -> {
        assertAnswer(run, vector("us-east-2/demo/nost"), V1BETA1);
        assertThat(run.said())
            .singleElement()
            .asString()
            .contains("KUBERNETES_EXEC_INFO")
            .endsWith("; answering in " + V1BETA1);
      }
      case "regional: legacy is ignored; the token of us-east-1/demo/nost" -> {
        assertAnswer(run, vector("us-east-1/demo/nost"), V1BETA1);
        assertThat(run.said()).isEmpty();
      }
      case "regional: legacy is ignored; the token of us-east-2/demo/nost" -> {
        assertAnswer(run, vector("us-east-2/demo/nost"), V1BETA1);
        assertThat(run.said()).isEmpty();
      }
      case "refuse: exit 2, --region is required" ->
          assertThat(refused(run, identities).sentence()).isEqualTo("--region is missing");
      case "refuse: exit 2, no FIPS host in that region" ->
          assertThat(refused(run, identities).sentence())
              .contains("no FIPS endpoint in " + inputs.path("region").asText());
      case "refuse: exit 2, not a cluster name" ->
          assertThat(refused(run, identities).sentence())
              .startsWith("--cluster-name is not a cluster name");
      default -> throw new AssertionError("a behaviour that nothing checks: " + ours);
    }
  }

  private static void assertAnswer(TokenRun run, JsonNode expected, String apiVersion) {
    TokenRun.Answer answer = run.answer();
    assertThat(answer.url()).isEqualTo(expected.path("decoded_url").asText());
    assertThat(answer.token()).isEqualTo(expected.path("token").asText());
    assertThat(answer.apiVersion()).isEqualTo(apiVersion);
    assertThat(answer.expirationTimestamp())
        .isEqualTo(expected.path("expirationTimestamp").asText());
  }

  private static AtmosException refused(TokenRun run, FakeIdentities identities) {
    AtmosException failure = run.failure();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(identities.asked()).isEmpty();
    return failure;
  }

  private static String[] args(JsonNode inputs) {
    List<String> args = new ArrayList<>();
    args.add("--cluster-name");
    args.add(inputs.path("identifier").asText());
    if (!inputs.path("region").isNull()) {
      args.add("--region");
      args.add(inputs.path("region").asText());
    }
    return args.toArray(new String[0]);
  }

  private static AwsCredentials credentials(JsonNode inputs) {
    JsonNode encoded = inputs.path("secret_access_key_base64");
    String secret =
        encoded.isMissingNode()
            ? inputs.path("secret_access_key").asText()
            : new String(Base64.getDecoder().decode(encoded.asText()), StandardCharsets.US_ASCII);
    JsonNode sessionToken = inputs.path("session_token");
    return AwsCredentials.of(
        inputs.path("access_key_id").asText(),
        Secret.of(secret),
        sessionToken.isNull() ? null : Secret.of(sessionToken.asText()),
        null);
  }

  private static JsonNode vector(String id) {
    return requireNonNull(VECTORS.get(id), id);
  }

  private static Map<String, JsonNode> read() {
    try (InputStream in =
        requireNonNull(VectorsTest.class.getResourceAsStream("/eks-tokens.json"))) {
      Map<String, JsonNode> vectors = new LinkedHashMap<>();
      for (JsonNode vector : new JsonMapper().readTree(in).path("vectors")) {
        vectors.put(vector.path("id").asText(), vector);
      }
      return vectors;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
