package dev.atmos.loopback.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.sts.StsClient;

/** What goes wrong when a test says so. */
class FaultTest {
  private LoopbackAws aws;
  private EksClient eks;

  @BeforeEach
  void start() throws Exception {
    aws = LoopbackAws.start().add(LoopbackScenario.USER);
    eks = LoopbackScenario.client(EksClient.builder(), aws, LoopbackScenario.alice());
  }

  @AfterEach
  void stop() {
    eks.close();
    aws.close();
  }

  private void assertStatus(int status) {
    assertThatExceptionOfType(EksException.class)
        .isThrownBy(eks::listClusters)
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(status));
  }

  @Test
  void faults_ofAnOperation_comeInOrderAndThenNoMore() {
    aws.failNext(
            Operation.LIST_CLUSTERS,
            Fault.throttled().header("Retry-After", "1"),
            Fault.unavailable(),
            Fault.error(403, "AccessDeniedException", "no"))
        .failNext(Operation.DESCRIBE_CLUSTER, Fault.reset());

    assertThatExceptionOfType(EksException.class)
        .isThrownBy(eks::listClusters)
        .satisfies(e -> {
          assertThat(e.isThrottlingException()).isTrue();
          assertThat(e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After"))
              .contains("1");
        });
    assertStatus(500);
    assertStatus(403);
    assertThat(eks.listClusters().clusters()).isEmpty();
    assertThat(aws.count(Operation.LIST_CLUSTERS)).isEqualTo(4);
    assertThat(aws.calls(Operation.LIST_CLUSTERS))
        .extracting(RecordedCall::status)
        .containsExactly(429, 500, 403, 200);
  }

  @Test
  void fault_thatStays_endsWhenHealed() {
    aws.failAlways(Operation.LIST_CLUSTERS, Fault.unavailable());
    assertStatus(500);
    assertStatus(500);
    aws.heal(Operation.LIST_CLUSTERS);
    assertThat(eks.listClusters().clusters()).isEmpty();
  }

  @Test
  void answer_thatIsLostOrHalf_comesAfterTheDeed() {
    Role role = Role.of(LoopbackScenario.ACCOUNT, "Deploy").trusting(LoopbackScenario.ALICE);
    aws.add(role)
        .failNext(Operation.ASSUME_ROLE, Fault.reset(), Fault.answerLost(), Fault.halfAnswer());
    int before = aws.secrets().size();
    try (StsClient sts =
        LoopbackScenario.client(StsClient.builder(), aws, LoopbackScenario.alice())) {
      for (int made : new int[] {0, 2, 4}) {
        assertThatExceptionOfType(SdkClientException.class)
            .isThrownBy(
                () -> sts.assumeRole(request -> request.roleArn(role.arn()).roleSessionName("me")));
        assertThat(aws.secrets()).hasSize(before + made);
      }
    }
    assertThat(aws.calls(Operation.ASSUME_ROLE))
        .extracting(RecordedCall::status)
        .containsExactly(0, 0, 200);
  }

  @Test
  void silence_endsWithTheStandIn() throws Exception {
    aws.failNext(Operation.LIST_CLUSTERS, Fault.silence());
    CompletableFuture<RecordedCall> asked = new CompletableFuture<>();
    aws.onCall(asked::complete);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Object> call = eks::listClusters;
      Future<Object> answer = threads.submit(call);
      assertThat(asked.get().status()).isZero();
      assertThat(answer.isDone()).isFalse();
      aws.close();
      assertThat(answer).failsWithin(Duration.ofMinutes(1));
    }
  }

  @Test
  void gate_holdsRequestsUntilItIsOpened() throws Exception {
    try (RequestGate gate = aws.hold(Operation.LIST_CLUSTERS);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Object> call = eks::listClusters;
      Future<Object> first = threads.submit(call);
      Future<Object> second = threads.submit(call);
      gate.awaitArrivals(2);
      assertThat(aws.count(Operation.LIST_CLUSTERS)).isEqualTo(2);
      assertThat(aws.calls()).isEmpty();
      assertThat(first.isDone() || second.isDone()).isFalse();
      gate.open();
      first.get();
      second.get();
    }
    assertThat(aws.calls()).hasSize(2);
  }

  @Test
  void request_thatIsNoneOfThese_isAnUnknownOperation() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(aws.url() + "/none")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("No such operation: GET /none");
    }
    assertThat(aws.count(Operation.UNKNOWN)).isEqualTo(1);
  }
}
