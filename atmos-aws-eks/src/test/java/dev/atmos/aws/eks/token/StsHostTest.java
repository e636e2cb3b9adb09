package dev.atmos.aws.eks.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.config.Region;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StsHostTest {

  @ParameterizedTest
  @CsvSource({
    "us-east-1, , sts.us-east-1.amazonaws.com",
    "eu-central-2, , sts.eu-central-2.amazonaws.com",
    "xx-nowhere-9, , sts.xx-nowhere-9.amazonaws.com",
    "us-gov-east-1, , sts.us-gov-east-1.amazonaws.com",
    "cn-north-1, , sts.cn-north-1.amazonaws.com.cn",
    "us-iso-west-1, , sts.us-iso-west-1.c2s.ic.gov",
    "us-isob-east-1, , sts.us-isob-east-1.sc2s.sgov.gov",
    "us-isof-south-1, , sts.us-isof-south-1.csp.hci.ic.gov",
    "eu-isoe-west-1, , sts.eu-isoe-west-1.cloud.adc-e.uk",
    "eusc-de-east-1, , sts.eusc-de-east-1.amazonaws.eu",
    "us-east-1, fips, sts-fips.us-east-1.amazonaws.com",
    "us-east-2, fips, sts-fips.us-east-2.amazonaws.com",
    "us-west-1, fips, sts-fips.us-west-1.amazonaws.com",
    "us-west-2, fips, sts-fips.us-west-2.amazonaws.com",
    "us-gov-east-1, fips, sts.us-gov-east-1.amazonaws.com",
    "us-gov-west-1, fips, sts.us-gov-west-1.amazonaws.com",
    "us-west-2, dual, sts.us-west-2.api.aws",
    "xx-nowhere-9, dual, sts.xx-nowhere-9.api.aws",
    "us-gov-west-1, dual, sts.us-gov-west-1.api.aws",
    "cn-northwest-1, dual, sts.cn-northwest-1.api.amazonwebservices.com.cn",
    "eusc-de-east-1, dual, sts.eusc-de-east-1.api.amazonwebservices.eu",
    "us-east-2, fips dual, sts-fips.us-east-2.api.aws",
    "us-gov-east-1, fips dual, sts.us-gov-east-1.api.aws",
  })
  void host_ofRegion_isThatOfItsPartition(String region, String modes, String host) {
    assertThat(host(region, modes)).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, fips",
    "ca-central-1, fips",
    "ca-west-1, fips",
    "us-east-3, fips",
    "xx-nowhere-9, fips",
    "cn-north-1, fips",
    "us-iso-east-1, fips",
    "eusc-de-east-1, fips",
    "eu-west-1, fips dual",
    "cn-north-1, fips dual",
  })
  void host_whereThereIsNoFips_isRefused(String region, String modes) {
    assertThatThrownBy(() -> host(region, modes))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.sentence()).contains("no FIPS endpoint in " + region + ";");
              assertThat(e.hint()).hasValue("unset AWS_USE_FIPS_ENDPOINT for this cluster");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-iso-east-1", "us-isob-east-1", "us-isof-south-1", "eu-isoe-west-1"})
  void host_whereApiServersTakeNoDualStack_isRefused(String region) {
    assertThatThrownBy(() -> host(region, "dual"))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.sentence()).endsWith("a dual-stack endpoint in " + region);
              assertThat(e.hint()).hasValue("unset AWS_USE_DUALSTACK_ENDPOINT for this cluster");
            });
  }

  private static String host(String region, String modes) {
    String asked = String.valueOf(modes);
    return StsHost.of(new Region(region), asked.contains("fips"), asked.contains("dual"));
  }
}
