package dev.atmos.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.services.testing.FakeServices;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.sts.StsClient;

class EndpointsTest {
  private final FakeEnvironment environment = new FakeEnvironment();
  private final Endpoints endpoints = new Endpoints(environment);

  @Test
  void endpoint_byDefault_isAwss() {
    assertThat(endpoints.of(AwsTarget.of("EKS", "us-east-2"))).isEmpty();
  }

  @Test
  void endpoint_ofTheConfiguration_winsOverVariables() {
    environment.set("AWS_ENDPOINT_URL", "https://all.example");
    assertThat(endpoints.of(AwsTarget.of("SSO OIDC", "us-east-2")))
        .contains(URI.create("https://all.example"));
    environment.set("AWS_ENDPOINT_URL_SSO_OIDC", "https://oidc.example");
    assertThat(endpoints.of(AwsTarget.of("SSO OIDC", "us-east-2")))
        .contains(URI.create("https://oidc.example"));
    assertThat(endpoints.of(AwsTarget.of("SSO OIDC", "us-east-2").at("https://spec.example")))
        .contains(URI.create("https://spec.example"));
  }

  @Test
  void endpoint_ofVariablesThatAreIgnored_isNone() {
    environment.set("AWS_ENDPOINT_URL", "ftp://all.example").set("AWS_ENDPOINT_URL_EKS", "x");
    environment.set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "True");

    assertThat(endpoints.of(AwsTarget.of("EKS", "us-east-2"))).isEmpty();
    assertThat(endpoints.of(AwsTarget.of("EKS", "us-east-2").at("https://spec.example")))
        .contains(URI.create("https://spec.example"));
  }

  @Test
  void endpoint_ofAnEmptyVariable_isNone() {
    environment.set("AWS_ENDPOINT_URL_EKS", "").set("AWS_ENDPOINT_URL", "");

    assertThat(endpoints.of(AwsTarget.of("EKS", "us-east-2"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://vpce-1.eks.us-east-2.vpce.amazonaws.com/path",
        "HTTPS://example.com:8443",
        "http://localhost:4566",
        "http://127.0.0.1:4566/",
        "http://127.1.2.3",
        "http://[::1]:4566"
      })
  void url_thatIsSafe_isTaken(String url) {
    environment.set("AWS_ENDPOINT_URL", url);

    assertThat(endpoints.of(AwsTarget.of("EKS", "us-east-2"))).contains(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com",
        "http://127.0.0.1.example.com",
        "http://127.example.com",
        "http://localhost.example.com",
        "http://10.0.0.1",
        "https://user:hunter2@example.com",
        "https://example.com?hunter2",
        "https://example.com#hunter2",
        "https:///hunter2",
        "https:hunter2",
        "file:///hunter2",
        "example.com",
        "http://[::1",
        "https://exa mple.com"
      })
  void url_thatIsNotSafe_isRefusedAndNotShown(String url) {
    environment.set("AWS_ENDPOINT_URL_EKS", url);

    assertThatExceptionOfType(AtmosException.class)
        .isThrownBy(() -> endpoints.of(AwsTarget.of("EKS", "us-east-2")))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessage(
            "AWS_ENDPOINT_URL_EKS must be an https:// URL of a host, or an http:// URL of this"
                + " machine");
  }

  @ParameterizedTest
  @CsvSource({
    ",     ,     https://eks.us-east-2.amazonaws.com",
    "true, ,     https://fips.eks.us-east-2.amazonaws.com",
    "True, TRUE, https://eks-fips.us-east-2.api.aws",
    ",     true, https://eks.us-east-2.api.aws",
    "1,    yes,  https://eks.us-east-2.amazonaws.com"
  })
  void host_ofVariables_isTheirVariant(String fips, String dualStack, String host) {
    if (fips != null) {
      environment.set("AWS_USE_FIPS_ENDPOINT", fips);
    }
    if (dualStack != null) {
      environment.set("AWS_USE_DUALSTACK_ENDPOINT", dualStack);
    }
    assertThat(asked("us-east-2")).startsWith(host + "/");
  }

  @Test
  void host_ofAnotherPartition_isTheirs() {
    assertThat(asked("cn-north-1")).startsWith("https://eks.cn-north-1.amazonaws.com.cn/");
    assertThat(asked("us-gov-west-1")).startsWith("https://eks.us-gov-west-1.amazonaws.com/");
    assertThat(asked("xx-nowhere-9")).startsWith("https://eks.xx-nowhere-9.amazonaws.com/");
  }

  /** Where a client would go, without its going there. */
  private String asked(String region) {
    FakeServices context = new FakeServices();
    for (String name : new String[] {"AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"}) {
      environment.get(name).ifPresent(value -> context.environment().set(name, value));
    }
    context.network().fail(new AtmosException(ExitCode.UNAVAILABLE, "not today"));
    AwsClients clients = new AwsClients(context, AwsScene.LIMITS);
    EksClient eks =
        clients.client(EksClient.builder(), AwsTarget.of("EKS", region), AwsScene.CREDENTIALS);
    assertThatExceptionOfType(AtmosException.class)
        .isThrownBy(() -> clients.call("ask", () -> eks.describeCluster(r -> r.name("demo"))));
    return context.network().asked().getFirst().toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.com/",
        "us-east-1.evil.com",
        "US-EAST-1",
        "us_east_1",
        "-x",
        "x-",
        "1-x"
      })
  void region_thatIsNone_isRefused(String region) {
    assertThatExceptionOfType(AtmosException.class)
        .isThrownBy(() -> AwsTarget.of("EKS", region))
        .withMessage("'" + region + "' is not an AWS region");
  }

  @Test
  void refusal_ofAVariable_comesBeforeAnyConnection() {
    FakeServices context = new FakeServices();
    context.environment().set("AWS_ENDPOINT_URL", "http://example.com");

    assertThatExceptionOfType(AtmosException.class)
        .isThrownBy(() ->
            new AwsClients(context, AwsScene.LIMITS)
                .client(StsClient.builder(), AwsTarget.of("STS", "us-east-2"), null));
    assertThat(context.network().asked()).isEmpty();
  }
}
