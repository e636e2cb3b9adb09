package dev.atmos.aws.eks.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.token.EksToken;
import dev.atmos.aws.eks.token.PresignedUrl;
import dev.atmos.aws.eks.token.UtcSecond;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.config.Region;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenUrlTest {
  private static final String HOST = "sts.us-east-2.amazonaws.com";

  private static @Nullable String problem(
      @Nullable String sessionToken, UnaryOperator<String> change) {
    AwsCredentials credentials =
        AwsCredentials.of(
            "AKIDEXAMPLE",
            Secret.of("example"),
            sessionToken == null ? null : Secret.of(sessionToken),
            null);
    Secret url =
        PresignedUrl.getCallerIdentity(
            HOST,
            new Region("us-east-2"),
            new ClusterName("demo"),
            credentials,
            new UtcSecond(1_736_942_400));
    return TokenUrl.problem(EksToken.of(Secret.of(change.apply(url.reveal()))), HOST);
  }

  @Test
  void token_asItIsMade_hasNoProblem() {
    assertThat(problem(null, url -> url)).isNull();
    assertThat(problem("session+/=", url -> url)).isNull();
  }

  @Test
  void token_ofALongSession_isTooLong() {
    assertThat(problem("x".repeat(3000), url -> url)).contains("refuse more than 4096");
  }

  @ParameterizedTest
  @CsvSource({
    "https:, http:, isn't that of",
    "us-east-2.amazonaws.com, us-east-1.amazonaws.com, isn't that of",
    "com/, com/x, isn't that of",
    "Version=, Other=, has a parameter that API servers refuse",
    "Version=2011-06-15, Action=GetCallerIdentity, has a parameter that API servers refuse",
    "&X-Amz-Expires=60, '', lacks a parameter",
    "host%3Bx-k8s-aws-id, host, lacks a parameter",
    "GetCallerIdentity, AssumeRole, lacks a parameter"
  })
  void token_thatAServerWouldRefuse_hasAProblem(String old, String text, String problem) {
    assertThat(problem(null, url -> url.replaceFirst(old, text))).contains(problem);
  }
}
