package dev.atmos.aws.eks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.config.Region;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EksClusterLookupTest {
  private static final String ACCOUNT = "111122223333";
  private static final Region REGION = new Region("us-east-2");
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  private final FakeServices services = new FakeServices();
  private final EksClusterLookup lookup = new EksClusterLookup(services);
  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start().add(IamUser.of(ACCOUNT, "alice").key("AKIDEXAMPLE", SECRET));
    services.environment().set("AWS_ENDPOINT_URL", aws.url());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private List<String> names() {
    AwsCredentials credentials = AwsCredentials.of("AKIDEXAMPLE", Secret.of(SECRET), null, null);
    return lookup.list(REGION, credentials).stream().map(ClusterName::text).toList();
  }

  @Test
  void list_ofMoreThanOnePage_hasAllOfTheRegionSorted() {
    for (int i = 249; i >= 0; i--) {
      aws.add(Cluster.of("c%03d".formatted(i), ACCOUNT, REGION.text()));
    }
    aws.add(Cluster.of("elsewhere", ACCOUNT, "eu-west-1"));

    assertThat(names()).hasSize(250).isSorted().startsWith("c000").endsWith("c249");
    assertThat(aws.count(Operation.LIST_CLUSTERS)).isEqualTo(3);
  }

  @Test
  void list_whereThereIsNone_isEmpty() {
    assertThat(names()).isEmpty();
  }

  @Test
  void list_whereAwsThrottles_isRepeated() {
    aws.add(Cluster.of("demo", ACCOUNT, REGION.text()))
        .failNext(Operation.LIST_CLUSTERS, Fault.throttled(), Fault.throttled());

    assertThat(names()).containsExactly("demo");
  }

  @Test
  void list_whoseAnswerNeverEnds_isGivenUp() {
    String page = "{\"clusters\": [\"demo\"], \"nextToken\": \"more\"}";
    aws.failAlways(
        Operation.LIST_CLUSTERS, Fault.raw(200, Map.of("Content-Type", "application/json"), page));

    assertThatThrownBy(this::names)
        .hasMessageContaining(
            "could not list the EKS clusters in us-east-2: there is no end to AWS's answer");
  }

  @Test
  void list_withANameThatIsNone_isRefused() {
    aws.failNext(
        Operation.LIST_CLUSTERS,
        Fault.raw(200, Map.of("Content-Type", "application/json"), "{\"clusters\": [\"--help\"]}"));

    assertThatThrownBy(this::names).hasMessageContaining("a name in AWS's answer");
  }
}
