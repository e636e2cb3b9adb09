package dev.atmos.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  @Test
  void secret_printed_showsNothing() {
    AwsCredentials credentials =
        AwsCredentials.of("AKIDEXAMPLE", Secret.of("CANARY"), Secret.of("CANARY"), null);

    assertThat(credentials.toString()).contains("AKIDEXAMPLE").doesNotContain("CANARY");
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
    assertThat(Secret.of("a").hashCode()).isEqualTo(Secret.of("b").hashCode());
    assertThat(Secret.of("a").reveal()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A KID", "AKID\n", "\u00c4KID"})
  void credentials_withAnImpossibleKeyId_areRefused(String id) {
    assertThatThrownBy(() -> AwsCredentials.of(id, Secret.of("s"), null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void credentials_withAnEmptyPart_areRefused() {
    assertThatThrownBy(() -> AwsCredentials.of("AKID", Secret.of(""), null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AwsCredentials.of("AKID", Secret.of("s"), Secret.of(""), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s\n[other]", "s\r", "s\u0000", "s\u007f", "s\u0085"})
  void credentials_withAControlCharacter_areRefusedWithoutShowingThem(String secret) {
    Secret bad = Secret.of("CANARY" + secret);
    assertThatThrownBy(() -> AwsCredentials.of("AKID", bad, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("CANARY");
    assertThatThrownBy(() -> AwsCredentials.of("AKID", Secret.of("s"), bad, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("CANARY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a ", "a  b", "A", "a.b", "-a", "a -b", "\u00e4"})
  void commandPath_ofAnotherForm_isRefused(String path) {
    assertThatThrownBy(() -> PluginCommand.of(path, context -> context))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
