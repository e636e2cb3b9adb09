package dev.atmos.aws.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.config.Region;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {

  @ParameterizedTest
  @CsvSource({
    "111122223333.dkr.ecr.us-east-2.amazonaws.com, us-east-2",
    "https://111122223333.dkr.ecr.us-east-2.amazonaws.com/v2/, us-east-2",
    "111122223333.DKR.ECR.us-east-2.amazonaws.com:443/app:latest, us-east-2",
    "111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com, us-gov-west-1",
    "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn, cn-north-1",
    "111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu, eusc-de-east-1",
    "111122223333.dkr-ecr.eu-west-1.on.aws, eu-west-1",
    "public.ecr.aws/docker/library/alpine, us-east-1",
    "ecr-public.aws.com, us-east-1"
  })
  void registry_inAnyForm_isKnownByItsHost(String text, String region) {
    Registry registry = Registry.parse("--registry", text);

    assertThat(registry.region()).isEqualTo(region);
    assertThat(text.toLowerCase(Locale.ROOT)).contains(registry.host());
    assertThat(registry.isPublic()).isEqualTo(!registry.host().startsWith("1111"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "docker.io",
        "11112222333.dkr.ecr.us-east-2.amazonaws.com",
        "111122223333.dkr.ecr.us-east-2.amazonaws.com.evil.example",
        "111122223333.dkr.ecr.us-east-2.evil.example",
        "111122223333.dkr.ecr.us-east-2.amazonaws.com.cn",
        "111122223333.dkr.ecr.nowhere.amazonaws.com",
        "evil.example/111122223333.dkr.ecr.us-east-2.amazonaws.com",
        "111122223333.dkr.ecr.us-east-2.amazonaws.com:8443"
      })
  void host_ofAnybodyElse_isRefused(String text) {
    assertThatThrownBy(() -> Registry.parse("--registry", text))
        .isInstanceOf(AtmosException.class)
        .hasMessageContaining("is not a registry of Amazon ECR");
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-2, 111122223333.dkr.ecr.us-east-2.amazonaws.com",
    "cn-north-1, 111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn"
  })
  void registry_ofAnAccount_isInItsPartition(String region, String host) {
    Registry registry = Registry.of("111122223333", new Region(region));

    assertThat(registry.host()).isEqualTo(host);
    assertThat(Registry.parse("--registry", host)).isEqualTo(registry);
  }

  @Test
  void password_thatIsKept_isReadAgain() {
    Instant until = Instant.parse("2025-01-15T12:00:00Z");
    RegistryPassword password = new RegistryPassword(login("AWS:abc="), until.plusNanos(5));

    assertThat(RegistryPassword.of(password.kept())).isEqualTo(password);
    assertThat(password.user()).isEqualTo("AWS");
    assertThat(password.password().reveal()).isEqualTo("abc=");
    assertThat(password)
        .asString()
        .doesNotContain("abc")
        .doesNotContain(login("AWS:abc=").reveal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "2025-01-15T12:00:00Z\n",
        "x\nQVdTOng=\n",
        "2025-01-15T12:00:00Z\nQVdTOng="
      })
  void kept_thatIsNotWhole_isNothing(String text) {
    assertThat(RegistryPassword.of(Secret.of(text))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS", ":x", "AWS:a\"b", "AWS:a\\b", "AWS:a b", "AWS:\u00e9"})
  void login_thatJsonWouldEscape_isRefused(String text) {
    assertThatThrownBy(() -> new RegistryPassword(login(text), Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Secret login(String text) {
    return Secret.of(
        Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
