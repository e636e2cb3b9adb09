package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.kubernetes.TokenVerifier;
import dev.atmos.loopback.kubernetes.VerifiedToken;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who the tests sign as, and what is asked of every token. */
final class Credentials {
  static final String CLUSTER = "demo";
  static final String REGION = "us-east-2";

  /** The example keys of AWS's documentation. */
  static final String KEY_ID = "AKIDEXAMPLE";

  static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  static final String SESSION_TOKEN = "AQoDYXdzEPT//////////wEXAMPLE/with+all=kinds==";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Credentials() {}

  /** The words of the command that kubectl runs. */
  static List<String> tokenCommand(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("aws", "eks", "token", "--cluster-name", CLUSTER, "--region", REGION));
    words.addAll(List.of(more));
    return words;
  }

  /** One line of JSON, and nothing else. */
  static JsonNode line(String text) throws JsonProcessingException {
    assertThat(text).endsWith("\n");
    assertThat(text.substring(0, text.length() - 1)).isNotEmpty().doesNotContain("\n", "\r");
    return JSON.readTree(text);
  }

  /** The token of an answer that is exactly what kubectl is to be given. */
  static String token(String stdout) throws JsonProcessingException {
    JsonNode answer = line(stdout);
    assertThat(answer.fieldNames()).toIterable().containsExactly("apiVersion", "kind", "status");
    assertThat(answer.get("apiVersion").textValue()).startsWith("client.authentication.k8s.io/v1");
    assertThat(answer.get("kind").textValue()).isEqualTo("ExecCredential");
    JsonNode status = answer.get("status");
    assertThat(status.fieldNames()).toIterable().containsExactly("expirationTimestamp", "token");
    assertThat(status.get("expirationTimestamp").textValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    return status.get("token").textValue();
  }

  /** What an API server and STS say to a token of the key above. */
  static VerifiedToken verified(Partition partition, String cluster, String token) {
    TokenVerifier verifier = new TokenVerifier(partition, null, Clock.systemUTC());
    VerifiedToken verified = verifier.verify(token);
    verifier.verifySignature(
        verified, cluster, id -> id.equals(KEY_ID) ? Optional.of(SECRET) : Optional.empty());
    return verified;
  }

  /** The run answered with a token that is accepted, and with nothing else. */
  static VerifiedToken accepted(Outcome outcome) throws JsonProcessingException {
    outcome.succeeded();
    return verified(Partition.AWS, CLUSTER, token(outcome.stdout()));
  }
}
