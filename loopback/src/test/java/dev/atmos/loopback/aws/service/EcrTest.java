package dev.atmos.loopback.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.LoopbackScenario;
import dev.atmos.loopback.aws.protocol.Operation;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.EcrException;

/** ECR, by the SDK's client. ECR Public is tested by the AWS CLI, with the built product. */
class EcrTest {
  @Test
  void authorizationToken_ofAUser_isALoginForTheAccountsRegistry() throws Exception {
    try (LoopbackAws aws = LoopbackAws.start().add(LoopbackScenario.USER);
        EcrClient ecr =
            LoopbackScenario.client(EcrClient.builder(), aws, LoopbackScenario.alice())) {
      AuthorizationData data = ecr.getAuthorizationToken().authorizationData().getFirst();

      assertThat(data.proxyEndpoint())
          .isEqualTo("https://111122223333.dkr.ecr.us-east-2.amazonaws.com");
      assertThat(data.expiresAt()).isAfter(Instant.now().plus(Duration.ofHours(11)));
      byte[] login = Base64.getDecoder().decode(data.authorizationToken());
      assertThat(new String(login, StandardCharsets.UTF_8)).startsWith("AWS:");
      assertThat(aws.secrets()).contains(data.authorizationToken());
    }
  }

  @Test
  void authorizationToken_whereDeniedOrOfAnUnknownKey_isRefusedWith400() throws Exception {
    try (LoopbackAws aws =
            LoopbackAws.start()
                .add(LoopbackScenario.USER)
                .deny(LoopbackScenario.ALICE, Operation.GET_ECR_AUTHORIZATION_TOKEN);
        EcrClient ecr =
            LoopbackScenario.client(EcrClient.builder(), aws, LoopbackScenario.alice());
        EcrClient unknown =
            LoopbackScenario.client(
                EcrClient.builder(), aws, AwsBasicCredentials.create("AKIAX", "x"))) {
      assertRefused("AccessDeniedException", ecr);
      assertRefused("UnrecognizedClientException", unknown);
    }
  }

  @Test
  void registry_takesWhatTheApiMadeUntilItExpires() throws Exception {
    Instant[] now = {Instant.now()};
    try (LoopbackAws aws = LoopbackAws.start(() -> now[0]).add(LoopbackScenario.USER);
        EcrClient ecr =
            LoopbackScenario.client(EcrClient.builder(), aws, LoopbackScenario.alice())) {
      String login =
          ecr.getAuthorizationToken().authorizationData().getFirst().authorizationToken();

      assertThat(status(aws, "/v2/", null)).isEqualTo(401);
      assertThat(status(aws, "/v2/", login)).isEqualTo(200);
      assertThat(status(aws, "/v2/app/manifests/latest", login)).isEqualTo(200);
      assertThat(status(aws, "/v2/app/manifests/other", login)).isEqualTo(404);
      assertThat(status(aws, "/v2/", "QVdTOng=")).isEqualTo(403);
      now[0] = now[0].plus(Duration.ofHours(12));
      assertThat(status(aws, "/v2/", login)).isEqualTo(403);
    }
  }

  private static int status(LoopbackAws aws, String path, @Nullable String login) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(aws.url() + path).toURL().openConnection(Proxy.NO_PROXY);
    if (login != null) {
      connection.setRequestProperty("Authorization", "Basic " + login);
    }
    return connection.getResponseCode();
  }

  private static void assertRefused(String code, EcrClient ecr) {
    assertThatExceptionOfType(EcrException.class)
        .isThrownBy(ecr::getAuthorizationToken)
        .satisfies(e -> {
          assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
          assertThat(e.statusCode()).isEqualTo(400);
        });
  }
}
