package dev.atmos.plugin.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionTest {

  @ParameterizedTest
  @CsvSource({
    "0.4, 0.2, 0.4, true",
    "0.4, 0.2, 0.3, true",
    "0.4, 0.2, 0.2, true",
    "0.4, 0.2, 0.1, false",
    "0.4, 0.2, 0.5, false",
    "0.4, 0.4, 0.3, false",
    "1.2, 0.2, 1.2, true",
    "1.2, 0.2, 1.0, true",
    "1.2, 0.2, 1.3, false",
    "1.2, 0.2, 0.9, false",
    "2.0, 0.2, 1.9, false",
    "1.9, 0.2, 2.0, false",
  })
  void host_ofAVersion_supportsARange(String host, String since, String plugin, boolean supported) {
    assertThat(ApiVersion.parse(host).supports(ApiVersion.parse(plugin), ApiVersion.parse(since)))
        .isEqualTo(supported);
  }

  @Test
  void currentVersion_supportsItselfAndTheOldestCompatibleOne() {
    assertThat(ApiVersion.CURRENT.supports(ApiVersion.CURRENT)).isTrue();
    assertThat(ApiVersion.CURRENT.supports(ApiVersion.COMPATIBLE_SINCE)).isTrue();
    assertThat(ApiVersion.CURRENT.supports(new ApiVersion(0, 1))).isFalse();
    assertThat(ApiVersion.CURRENT).hasToString("0.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1.", ".1", "a.b", "1.2.3", "-1.2", "1.-2"})
  void apiVersion_ofAnotherForm_isRefused(String text) {
    assertThatThrownBy(() -> ApiVersion.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
