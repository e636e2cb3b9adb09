package dev.atmos.auth.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.testing.FakeServices;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityProfilesTest {
  private final IdentityProfiles profiles =
      new IdentityProfiles(new AuthEngine(new FakeServices()));

  @Test
  void word_ofACommandLine_holdsNothingThatIsTakenForAComment() {
    assertThat(profiles.word("dev")).isEqualTo("dev");
    assertThat(profiles.word("")).isEqualTo("''");
    assertThat(profiles.word("a b")).isEqualTo("'a b'");
    assertThat(profiles.word("$x")).isEqualTo("'$x'");
    assertThat(profiles.word("a #b")).isEqualTo("'a ''#''b'");
    assertThat(profiles.word("a ;b")).isEqualTo("'a '';''b'");
    assertThat(profiles.word("it's")).isEqualTo("'it'\\''s'");
  }

  @Test
  void word_onWindows_standsInDoubleQuotes() {
    IdentityProfiles windows =
        new IdentityProfiles(new AuthEngine(new FakeServices(FakeFiles.windows())));
    assertThat(windows.word("C:\\my tools\\atmos.bat")).isEqualTo("\"C:\\my tools\\atmos.bat\"");
    assertThatThrownBy(() -> windows.word("a\"b")).isInstanceOf(AtmosException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000", "\u007f"})
  void word_thatNoIniFileCanHold_isRefused(String text) {
    assertThatThrownBy(() -> profiles.word(text))
        .isInstanceOf(AtmosException.class)
        .hasMessageStartingWith("a profile of the AWS tools can't hold ");
  }

  @Test
  void names_thatAreTaken_standBehindAtmos() {
    Map<String, String> wanted = new LinkedHashMap<>();
    wanted.put("dev", "dev");
    wanted.put("ops", "ops");
    wanted.put("ops2", "ops");
    assertThat(IdentityProfiles.names(wanted, Set.of("dev", "mine")).values())
        .containsExactly("atmos/dev", "ops", "atmos/ops");
    assertThat(IdentityProfiles.names(wanted, Set.of("dev", "atmos/dev")).values())
        .containsExactly("atmos/dev-2", "ops", "atmos/ops");
  }
}
