package dev.atmos.auth.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.AtmosException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFilesTest {

  @Test
  void word_ofACommandLine_holdsNothingThatIsTakenForAComment() {
    assertThat(ProfileFiles.word("dev", false)).isEqualTo("dev");
    assertThat(ProfileFiles.word("", false)).isEqualTo("''");
    assertThat(ProfileFiles.word("a b", false)).isEqualTo("'a b'");
    assertThat(ProfileFiles.word("$x", false)).isEqualTo("'$x'");
    assertThat(ProfileFiles.word("a #b", false)).isEqualTo("'a ''#''b'");
    assertThat(ProfileFiles.word("a ;b", false)).isEqualTo("'a '';''b'");
    assertThat(ProfileFiles.word("it's", false)).isEqualTo("'it'\\''s'");
  }

  @Test
  void word_onWindows_standsInDoubleQuotes() {
    assertThat(ProfileFiles.word("C:\\my tools\\atmos.bat", true))
        .isEqualTo("\"C:\\my tools\\atmos.bat\"");
    assertThatThrownBy(() -> ProfileFiles.word("a\"b", true)).isInstanceOf(AtmosException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000", "\u007f"})
  void word_thatNoIniFileCanHold_isRefused(String text) {
    assertThatThrownBy(() -> ProfileFiles.word(text, false))
        .isInstanceOf(AtmosException.class)
        .hasMessageStartingWith("no AWS tool could be told of ");
  }
}
