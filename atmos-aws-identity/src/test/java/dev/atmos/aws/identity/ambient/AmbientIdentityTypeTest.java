package dev.atmos.aws.identity.ambient;

import static dev.atmos.plugin.base.ExitCode.SIGN_IN_REQUIRED;
import static dev.atmos.plugin.base.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.testkit.FakeRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identities of the kinds {@code ambient} and {@code aws/ambient}, against a loopback AWS. */
class AmbientIdentityTypeTest {
  private final KindScenario scenario = new KindScenario();
  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(scenario.services().clock());
    scenario.set("AWS_ENDPOINT_URL", aws.url());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private AwsCredentials credentials(String kind) {
    return KindScenario.credentials(scenario.identity("ci", "kind: " + kind), new FakeRequest());
  }

  private String failure(String kind) {
    return KindScenario.message(SIGN_IN_REQUIRED, () -> credentials(kind));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws/ambient", "ambient"})
  void variables_ofAKey_areTakenAndNeverCached(String kind) {
    scenario.keys("AKIDENV");

    assertThat(credentials(kind)).isEqualTo(KindScenario.key("AKIDENV"));
    assertThat(scenario.identity("ci", "kind: " + kind).cacheKey())
        .contains(Map.of("access_key_id", "AKIDENV"));
    assertThat(scenario.identity("ci", "kind: " + kind).isCacheable()).isFalse();
    assertThat(scenario.identity("ci", "kind: " + kind).isAmbient()).isTrue();
  }

  @Test
  void region_ofTheAwsKindOnly_isItsOwn() {
    String region = ", principal: {region: eu-west-3}}";
    assertThat(scenario.identity("ci", "{kind: aws/ambient" + region).region())
        .contains("eu-west-3");
    assertThat(scenario.identity("ci", "{kind: ambient" + region).region()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws/ambient", "ambient"})
  void via_always_isRefusedWithItsPosition(String kind) {
    assertThat(
            KindScenario.message(
                USAGE,
                () -> scenario.identity("ci", "kind: " + kind + "\nvia:\n  provider: corp\n")))
        .isEqualTo(
            "atmos.yaml:2:1: identity 'ci' is of kind "
                + kind
                + ", which takes no 'via'\n  2 | via:");
    scenario.keys("AKIDENV");
    assertThat(
            KindScenario.credentials(
                scenario.identity("ci", "{kind: " + kind + ", via: ~}"), new FakeRequest()))
        .isEqualTo(KindScenario.key("AKIDENV"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws/ambient", "ambient"})
  void environment_withoutCredentials_isReportedForTheIdentity(String kind) {
    scenario.set("AWS_EC2_METADATA_DISABLED", "true");

    assertThat(failure(kind))
        .startsWith("identity 'ci': no AWS credentials: AWS_ACCESS_KEY_ID is not set, ")
        .contains("and AWS_EC2_METADATA_DISABLED turns the instance metadata service off");
    assertThat(scenario.identity("ci", "kind: " + kind).cacheKey()).isEmpty();
  }

  @Test
  void container_byItsVariables_givesItsCredentials() {
    Role task = Role.of("222222222222", "Task");
    aws.add(task.trusting("ecs-tasks.amazonaws.com"));
    aws.metadata().container(task, "let-me-in");
    scenario.services().directories().write("/var/run/token", "let-me-in\n");
    scenario
        .set("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.metadata().containerUrl())
        .set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/var/run/token");

    assertThat(credentials("aws/ambient").sessionToken()).isNotNull();

    scenario.set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/nowhere");
    assertThat(failure("aws/ambient"))
        .isEqualTo("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names a file that does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"let-me\nin", "let-me\n in", "let-me\u0000in", "let-m\u00e9in"})
  void containerToken_thatNoHeaderCanHold_isRefusedWithoutShowingIt(String token) {
    scenario.services().directories().write("/var/run/token", token);
    scenario
        .set("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.metadata().containerUrl())
        .set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/var/run/token");

    AtmosException failure = KindScenario.failure(() -> credentials("aws/ambient"));
    assertThat(failure)
        .hasNoCause()
        .hasMessage(
            "could not ask for the container's credentials: the value of the header Authorization"
                + " holds a line break or another character that no header can hold");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void instance_forAnIdentityOnly_givesItsCredentials() {
    aws.metadata().instance(Role.of("222222222222", "Node"), "us-east-2");
    scenario.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.metadata().instanceUrl());

    assertThat(credentials("ambient").sessionToken()).isNotNull();

    int asked = scenario.services().network().asked().size();
    assertThat(
            KindScenario.message(
                SIGN_IN_REQUIRED,
                () ->
                    new AmbientIdentityType(AmbientIdentityType.ANY)
                        .create(scenario.definition("", "{}"), scenario.services())
                        .grant(new FakeRequest())))
        .contains("and the instance metadata service is not asked");
    assertThat(scenario.services().network().asked()).hasSize(asked);

    scenario.set("AWS_EC2_METADATA_DISABLED", "true");
    assertThat(failure("ambient"))
        .contains("AWS_EC2_METADATA_DISABLED turns the instance metadata service off");
  }

  @Test
  void webIdentity_ofTheVariables_assumesItsRole() {
    aws.add(
        Role.of("222222222222", "Pod")
            .trustingWebIdentity("sts.amazonaws.com", "system:serviceaccount:*"));
    scenario
        .services()
        .directories()
        .write(
            "/var/run/token",
            aws.webIdentityToken(
                "system:serviceaccount:default:app", "sts.amazonaws.com", Duration.ofHours(1)));
    scenario
        .set("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/token")
        .set("AWS_ROLE_ARN", "arn:aws:iam::222222222222:role/Pod");

    assertThat(credentials("ambient").sessionToken()).isNotNull();
  }
}
