package dev.atmos.auth.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.testing.FakeServices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFilesTest {
  private final ProfileFiles files = new ProfileFiles(new FakeServices());

  @Test
  void word_ofACommandLine_holdsNothingThatIsTakenForAComment() {
    assertThat(files.word("dev", false)).isEqualTo("dev");
    assertThat(files.word("", false)).isEqualTo("''");
    assertThat(files.word("a b", false)).isEqualTo("'a b'");
    assertThat(files.word("$x", false)).isEqualTo("'$x'");
    assertThat(files.word("a #b", false)).isEqualTo("'a ''#''b'");
    assertThat(files.word("a ;b", false)).isEqualTo("'a '';''b'");
    assertThat(files.word("it's", false)).isEqualTo("'it'\\''s'");
  }

  @Test
  void word_onWindows_standsInDoubleQuotes() {
    assertThat(files.word("C:\\my tools\\atmos.bat", true))
        .isEqualTo("\"C:\\my tools\\atmos.bat\"");
    assertThatThrownBy(() -> files.word("a\"b", true)).isInstanceOf(AtmosException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000", "\u007f"})
  void word_thatNoIniFileCanHold_isRefused(String text) {
    assertThatThrownBy(() -> files.word(text, false))
        .isInstanceOf(AtmosException.class)
        .hasMessageStartingWith("a profile of the AWS tools can't hold ");
  }
}
