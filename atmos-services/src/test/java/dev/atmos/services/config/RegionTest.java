package dev.atmos.services.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.policy.Policy;
import dev.atmos.services.testing.YamlConfig;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eu-west-1",
        "us-gov-west-1",
        "us-isob-east-1",
        "eusc-de-east-1",
        "ap-southeast-12"
      })
  void region_ofAws_isOneEverywhere(String text) {
    assertThat(new Region(text).text()).isEqualTo(text);
    assertThat(HarmlessVariables.contains("AWS_REGION=" + text)).isTrue();
    assertThat(AwsHosts.owns("https://sts." + text + ".amazonaws.com")).isTrue();
  }

  /** Each begins as an allowed region does, and would lead hosts that hold it elsewhere. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "eu-west-1@evil.example/#",
        "eu-west-1.evil.example",
        "eu-west-1/",
        "eu-west-1:443",
        "eu-west-1\n",
        "eu-west-1\nAWS_PROFILE=other",
        "eu-west-1 ",
        "eu-west-",
        "eu-",
        "EU-west-1",
        "eu-west-1\u0661",
        "eu-west-123",
        "eu-west-1a",
      })
  void text_thatIsNoRegion_isNoneAnywhere(String text) {
    Policy policy =
        new Policy(YamlConfig.root("allow: {regions: ['eu-*', eu-west-1, 'us-*']}"), List.of());

    assertThat(Region.isRegion(text)).isFalse();
    assertThatThrownBy(() -> new Region(text)).isInstanceOf(AtmosException.class);
    assertThat(HarmlessVariables.contains("AWS_REGION=" + text)).isFalse();
    assertThatThrownBy(() -> policy.requireRegion("--region", text))
        .hasMessageContaining("doesn't allow the region");
  }
}
