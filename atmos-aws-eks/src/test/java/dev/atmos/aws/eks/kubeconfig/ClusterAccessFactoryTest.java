package dev.atmos.aws.eks.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.aws.eks.FakeNames;
import dev.atmos.aws.eks.cluster.ClusterDescription;
import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.cluster.ClusterRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.testing.FakeServices;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAccessFactoryTest {
  private static final String ARN = "arn:aws:eks:us-east-2:111122223333:cluster/demo";
  private static final String CERTIFICATE =
      Base64.getEncoder()
          .encodeToString(
              "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n"
                  .getBytes(StandardCharsets.US_ASCII));

  private final FakeServices services =
      new FakeServices().withService(ConfiguredNames.class, new FakeNames());

  private ClusterAccess access(ClusterDescription cluster, @Nullable String identity) {
    ClusterRequest request =
        new ClusterRequest(new ClusterName("demo"), new Region("us-east-2"), null);
    return new ClusterAccessFactory(services)
        .access(request, cluster, identity, EntrySettings.NONE);
  }

  private Map<String, String> env(@Nullable String identity) {
    Map<String, String> env = new LinkedHashMap<>();
    access(new ClusterDescription(ARN, "ACTIVE", "https://demo.example", CERTIFICATE), identity)
        .exec()
        .env()
        .forEach(variable -> env.put(variable.name(), variable.value()));
    env.remove("ATMOS_IDENTITY");
    return env;
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = FakeNames.OF_ENVIRONMENT)
  void profile_ofTheShell_isTheOnlySourceOfCredentials(@Nullable String identity) {
    services
        .environment()
        .set("AWS_PROFILE", "dev")
        .set("AWS_SHARED_CREDENTIALS_FILE", "alt/creds")
        .set("AWS_CONFIG_FILE", "/etc/aws/config");

    assertThat(env(identity))
        .containsExactly(
            Map.entry("AWS_PROFILE", "dev"),
            Map.entry(
                "AWS_SHARED_CREDENTIALS_FILE",
                services.directories().workingDirectory().resolve("alt/creds").toString()),
            Map.entry("AWS_CONFIG_FILE", "/etc/aws/config"),
            Map.entry("AWS_ACCESS_KEY_ID", ""),
            Map.entry("AWS_SECRET_ACCESS_KEY", ""),
            Map.entry("AWS_SESSION_TOKEN", ""),
            Map.entry("AWS_WEB_IDENTITY_TOKEN_FILE", ""),
            Map.entry("AWS_ROLE_ARN", ""));
  }

  @Test
  void files_withoutAProfile_areOfTheDefaultOne() {
    services.environment().set("AWS_SHARED_CREDENTIALS_FILE", "/creds");
    assertThat(env(null))
        .containsEntry("AWS_PROFILE", "default")
        .containsEntry("AWS_SHARED_CREDENTIALS_FILE", "/creds")
        .doesNotContainKey("AWS_CONFIG_FILE");
  }

  @Test
  void profile_besideKeysOrAnIdentityOfTheConfiguration_hasNoSay() {
    services.environment().set("AWS_PROFILE", "dev");
    assertThat(env("dev")).isEmpty();
    services.environment().set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    assertThat(env(null)).isEmpty();
  }

  @Test
  void localClusterOnOutposts_isSignedForByItsId() {
    String id = "0a1b2c3d-4e5f-6789-abcd-ef0123456789";
    ClusterAccess access =
        access(
            new ClusterDescription(
                ARN, "ACTIVE", "https://d.example", CERTIFICATE, id, null, Map.of()),
            "dev");
    assertThat(access.exec().args())
        .containsSequence("--cluster-name", id, "--region", "us-east-2", "--identity", "dev");
    assertThat(access.arn()).hasToString(ARN);
  }

  @Test
  void cluster_ofEksConnector_isReachedAnotherWay() {
    ClusterDescription cluster =
        new ClusterDescription(ARN, "ACTIVE", null, null, null, "EKS_ANYWHERE", Map.of());
    assertThatThrownBy(() -> access(cluster, "dev"))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
              assertThat(e.sentence())
                  .isEqualTo(
                      "cluster 'demo' in us-east-2 is registered by EKS Connector (EKS_ANYWHERE),"
                          + " and AWS has no address of its API server");
              assertThat(e.hint()).isPresent();
            });
  }

  @Test
  void arn_ofAnotherPartition_isRefused() {
    ClusterDescription cluster =
        new ClusterDescription(
            ARN.replace("arn:aws:", "arn:aws-cn:"), "ACTIVE", "https://d.example", CERTIFICATE);
    assertThatThrownBy(() -> access(cluster, "dev"))
        .hasMessageContaining("the ARN's partition is aws-cn, and us-east-2 is a region of aws");
  }
}
