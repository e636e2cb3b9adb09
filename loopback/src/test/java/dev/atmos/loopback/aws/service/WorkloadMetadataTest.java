package dev.atmos.loopback.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.LoopbackScenario;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.StsClient;

/** What surrounds a program, by the SDK's own providers and by hand. */
class WorkloadMetadataTest {
  private static final Role NODE = Role.of(LoopbackScenario.ACCOUNT, "Node");

  private final HttpClient client = HttpClient.newHttpClient();
  private LoopbackAws aws;

  @BeforeEach
  void start() throws Exception {
    aws = LoopbackAws.start();
  }

  @AfterEach
  void stop() {
    client.close();
    aws.close();
    System.clearProperty("aws.containerCredentialsFullUri");
    System.clearProperty("aws.containerAuthorizationToken");
  }

  private HttpResponse<String> send(String method, String url, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody());
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  private String arnOf(AwsCredentials credentials) {
    try (StsClient sts = LoopbackScenario.client(StsClient.builder(), aws, credentials)) {
      return sts.getCallerIdentity().arn();
    }
  }

  @Test
  void instance_withARole_givesItsCredentialsToTheSdk() {
    aws.metadata().instance(NODE, "eu-west-1");
    try (var provider =
        InstanceProfileCredentialsProvider.builder()
            .endpoint(aws.metadata().instanceUrl())
            .build()) {
      assertThat(arnOf(provider.resolveCredentials()))
          .isEqualTo("arn:aws:sts::111122223333:assumed-role/Node/i-0123456789abcdef0");
    }
    assertThat(aws.count(Operation.GET_METADATA_TOKEN)).isPositive();
  }

  @Test
  void instance_askedWithoutAToken_isSilent() throws Exception {
    aws.metadata().instance(NODE, "eu-west-1");
    String region = aws.url() + "/latest/meta-data/placement/region";
    String ttl = "X-aws-ec2-metadata-token-ttl-seconds";

    assertThat(send("GET", region).statusCode()).isEqualTo(401);
    assertThat(send("PUT", aws.url() + "/latest/api/token").statusCode()).isEqualTo(400);
    String token = send("PUT", aws.url() + "/latest/api/token", ttl, "60").body();
    assertThat(send("GET", region, "X-aws-ec2-metadata-token", token).body())
        .isEqualTo("eu-west-1");
    aws.clock(InstantSource.offset(Clock.systemUTC(), Duration.ofSeconds(60)));
    assertThat(send("GET", region, "X-aws-ec2-metadata-token", token).statusCode()).isEqualTo(401);
  }

  @Test
  void container_withItsToken_givesItsCredentialsToTheSdk() throws Exception {
    aws.metadata().container(NODE, "pod-token");
    System.setProperty("aws.containerCredentialsFullUri", aws.metadata().containerUrl());
    System.setProperty("aws.containerAuthorizationToken", "pod-token");

    try (var provider = ContainerCredentialsProvider.create()) {
      assertThat(arnOf(provider.resolveCredentials()))
          .isEqualTo("arn:aws:sts::111122223333:assumed-role/Node/task");
    }
    System.setProperty("aws.containerAuthorizationToken", "other");
    try (var provider = ContainerCredentialsProvider.create()) {
      assertThatExceptionOfType(SdkClientException.class).isThrownBy(provider::resolveCredentials);
    }
    assertThat(send("GET", aws.url() + "/v2/credentials/other").statusCode()).isEqualTo(404);
  }

  @Test
  void job_withItsToken_getsAnIdTokenThatARoleTrusts() throws Exception {
    WorkloadMetadata job = aws.metadata().job("repo:acme/app:ref:refs/heads/main");
    Role role =
        Role.of(LoopbackScenario.ACCOUNT, "Ci")
            .trustingWebIdentity("sts.amazonaws.com", "repo:acme/*");
    aws.add(role);
    String url = job.jobUrl() + "&audience=sts.amazonaws.com";

    assertThat(send("GET", url, "Authorization", "bearer other").statusCode()).isEqualTo(401);
    String answer = send("GET", url, "Authorization", "bearer " + job.jobToken()).body();
    String token = answer.replaceFirst(".*\"value\":\"([^\"]*)\".*", "$1");
    try (StsClient sts =
        LoopbackScenario.client(StsClient.builder(), aws, LoopbackScenario.alice())) {
      assertThat(
              sts.assumeRoleWithWebIdentity(request ->
                      request.roleArn(role.arn()).roleSessionName("job").webIdentityToken(token))
                  .provider())
          .isEqualTo("https://token.actions.githubusercontent.com");
    }
  }
}
