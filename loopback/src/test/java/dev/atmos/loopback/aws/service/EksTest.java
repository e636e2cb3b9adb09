package dev.atmos.loopback.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.LoopbackScenario;
import dev.atmos.loopback.aws.protocol.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.ListClustersResponse;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** EKS, by the SDK's client. */
class EksTest {
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

  @Test
  void describeCluster_ofOneThatIs_hasAllThatAKubeconfigNeeds() {
    aws.add(
        Cluster.of("demo", LoopbackScenario.ACCOUNT, LoopbackScenario.REGION)
            .server("https://127.0.0.1:1", "PEM"));

    var cluster = eks.describeCluster(request -> request.name("demo")).cluster();

    assertThat(cluster.name()).isEqualTo("demo");
    assertThat(cluster.arn()).isEqualTo("arn:aws:eks:us-east-2:111122223333:cluster/demo");
    assertThat(cluster.endpoint()).isEqualTo("https://127.0.0.1:1");
    assertThat(cluster.certificateAuthority().data()).isEqualTo("UEVN");
    assertThat(cluster.status()).isEqualTo(ClusterStatus.ACTIVE);
    assertThat(cluster.createdAt()).isEqualTo("2025-01-15T12:00:00.500Z");
  }

  @Test
  void describeCluster_ofOneThatIsBeingMade_hasNoEndpointAndNoCertificate() {
    aws.add(
        Cluster.of("demo", LoopbackScenario.ACCOUNT, LoopbackScenario.REGION)
            .status("CREATING")
            .raw("", ""));

    var cluster = eks.describeCluster(request -> request.name("demo")).cluster();

    assertThat(cluster.status()).isEqualTo(ClusterStatus.CREATING);
    assertThat(cluster.endpoint()).isNull();
    assertThat(cluster.certificateAuthority().data()).isNull();
  }

  @Test
  void describeCluster_ofAnotherRegionOrAccount_isNotFound() {
    aws.add(Cluster.of("a", LoopbackScenario.ACCOUNT, "eu-west-1"))
        .add(Cluster.of("b", "0".repeat(12), LoopbackScenario.REGION));

    for (String name : List.of("a", "b", "c d")) {
      assertThatExceptionOfType(ResourceNotFoundException.class)
          .isThrownBy(() -> eks.describeCluster(request -> request.name(name)))
          .satisfies(e -> {
            assertThat(e.statusCode()).isEqualTo(404);
            assertThat(e.awsErrorDetails().errorMessage())
                .isEqualTo("No cluster found for name: " + name + ".");
          });
    }
  }

  @Test
  void describeCluster_whereDenied_saysWhoMayNotDoWhat() {
    aws.add(Cluster.of("demo", LoopbackScenario.ACCOUNT, LoopbackScenario.REGION))
        .deny(LoopbackScenario.ALICE, Operation.DESCRIBE_CLUSTER);

    assertThatExceptionOfType(EksException.class)
        .isThrownBy(() -> eks.describeCluster(request -> request.name("demo")))
        .satisfies(e -> {
          assertThat(e.statusCode()).isEqualTo(403);
          assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
          assertThat(e.awsErrorDetails().errorMessage())
              .isEqualTo(
                  "User: arn:aws:iam::111122223333:user/alice is not authorized to perform:"
                      + " eks:DescribeCluster on resource:"
                      + " arn:aws:eks:us-east-2:111122223333:cluster/demo");
        });
    aws.allow(LoopbackScenario.ALICE, Operation.DESCRIBE_CLUSTER);
    assertThat(eks.describeCluster(request -> request.name("demo")).cluster()).isNotNull();
  }

  @Test
  void listClusters_ofMoreThanOnePage_listsEachOnceInOrder() {
    for (String name : List.of("d", "b", "a", "e", "c")) {
      aws.add(Cluster.of(name, LoopbackScenario.ACCOUNT, LoopbackScenario.REGION));
    }
    aws.add(Cluster.of("elsewhere", LoopbackScenario.ACCOUNT, "eu-west-1"));

    assertThat(eks.listClustersPaginator(request -> request.maxResults(2)).clusters())
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(aws.count(Operation.LIST_CLUSTERS)).isEqualTo(3);
    ListClustersResponse all = eks.listClusters();
    assertThat(all.clusters()).hasSize(5);
    assertThat(all.nextToken()).isNull();
  }

  @Test
  void describeCluster_ofOneWithTags_hasThem() {
    aws.add(
        Cluster.of("demo", LoopbackScenario.ACCOUNT, LoopbackScenario.REGION)
            .tagged(Map.of("team", "shop")));

    assertThat(eks.describeCluster(request -> request.name("demo")).cluster().tags())
        .containsExactly(Map.entry("team", "shop"));
  }

  @Test
  void listClusters_inARegionThatTheAccountDoesntHave_isRefused() {
    aws.enabledRegions("eu-west-1");

    assertThatExceptionOfType(EksException.class)
        .isThrownBy(() -> eks.listClusters())
        .satisfies(e -> {
          assertThat(e.statusCode()).isEqualTo(403);
          assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException");
        });
  }

  @Test
  void listClusters_withABadPage_isAnInvalidParameter() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> eks.listClusters(request -> request.maxResults(101)));
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> eks.listClusters(request -> request.nextToken("?")));
  }
}
