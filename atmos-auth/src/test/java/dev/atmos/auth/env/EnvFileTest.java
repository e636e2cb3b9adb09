package dev.atmos.auth.env;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
  private static final String BLOCK = "# atmos auth env: begin\nA=1\n# atmos auth env: end\n";

  private static String replaced(String old, String text) {
    return EnvFile.replaced(old, EnvFormat.DOTENV, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "B=2\n", "B=2\r\n", "\u00e9=\u00ff\n", "# atmos auth env: end\nB=2\n"})
  void text_thatIsNotOurs_staysBeforeWhatIs(String old) {
    assertThat(replaced(old, "A=1\n")).isEqualTo(old + BLOCK);
  }

  @Test
  void text_withoutALineFeedAtItsEnd_getsOne() {
    assertThat(replaced("B=2", "A=1\n")).isEqualTo("B=2\n" + BLOCK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "B=2\n"})
  void text_ofTheTimeBefore_isReplacedInItsPlace(String before) {
    String old = before + "# atmos auth env: begin\nA=0\nC=3\n# atmos auth env: end\nD=4\n";
    assertThat(replaced(old, "A=1\n")).isEqualTo(before + BLOCK + "D=4\n");
    assertThat(replaced(replaced(old, "A=1\n"), "A=1\n")).isEqualTo(replaced(old, "A=1\n"));
  }

  @Test
  void text_whoseEndSomebodyHasRemoved_isLeftAlone() {
    String old = "# atmos auth env: begin\nA=0\n";
    assertThat(replaced(old, "A=1\n")).isEqualTo(old + BLOCK);
  }

  @Test
  void text_forCmd_hasItsLineEndsAndComments() {
    String once = EnvFile.replaced("", EnvFormat.CMD, "set \"A=1\"\r\n");
    assertThat(once)
        .isEqualTo("rem atmos auth env: begin\r\nset \"A=1\"\r\nrem atmos auth env: end\r\n");
    assertThat(EnvFile.replaced(once, EnvFormat.CMD, "set \"A=1\"\r\n")).isEqualTo(once);
  }
}
