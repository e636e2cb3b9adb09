package dev.atmos.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.auth.CredentialKey;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialKeyTest {

  static final String LONG =
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "../x", "..", ".", "a/b", "a\\b", "a\0", "A", "a_b", "a.b", "-a", "a b", "\u00e9", LONG
      })
  void part_thatCouldBeAnythingElseThanAName_isRefused(String part) {
    assertThatThrownBy(() -> CredentialKey.of(part, "id"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CredentialKey.of("kind", part))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("canary");
    assertThat(CredentialKey.ofFileName("kind_" + part)).isEmpty();
    assertThat(CredentialKey.ofFileName(part + "_id")).isEmpty();
  }

  @Test
  void key_asAFileName_comesBack() {
    CredentialKey key = CredentialKey.of("sso-session", "0f-1");
    assertThat(key.fileName()).isEqualTo("sso-session_0f-1");
    assertThat(CredentialKey.ofFileName(key.fileName())).contains(key);
    assertThat(key).hasToString("sso-session/0f-1");
    // Where it is no device on Windows: the name before the first dot is what counts there.
    assertThat(CredentialKey.of("con", "1").fileName()).isEqualTo("con_1");
  }

  @Property
  void fileName_ofAnything_isOneThatAKeyHas_orNone(@ForAll @StringLength(max = 20) String name) {
    CredentialKey.ofFileName(name).ifPresent(key -> assertThat(key.fileName()).isEqualTo(name));
  }
}
