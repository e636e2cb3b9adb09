package dev.atmos.loopback.aws.iam;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionTest {

  @ParameterizedTest
  @CsvSource({
    "us-east-1, aws",
    "ap-southeast-3, aws",
    "mx-central-1, aws",
    "xx-nowhere-9, aws",
    "cn-northwest-1, aws-cn",
    "us-gov-west-1, aws-us-gov",
    "us-iso-east-1, aws-iso",
    "us-isob-east-1, aws-iso-b",
    "eu-isoe-west-1, aws-iso-e",
    "us-isof-south-1, aws-iso-f",
    "eusc-de-east-1, aws-eusc",
  })
  void ofRegion_withARegion_isItsPartition(String region, String id) {
    assertThat(Partition.ofRegion(region).id()).isEqualTo(id);
    assertThat(Partition.ofId(id)).contains(Partition.ofRegion(region));
  }

  @Test
  void ofId_withAnUnknownOne_isEmpty() {
    assertThat(Partition.ofId("aws-moon")).isEmpty();
  }
}
