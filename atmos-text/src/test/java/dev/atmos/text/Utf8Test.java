package dev.atmos.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.reader.StreamReader;

class Utf8Test {
  private static final String FORBIDDEN = "a character that YAML doesn't allow";

  private static Utf8 decode(String text) {
    return Utf8.decode(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "'a: b\n', 5", "'\tä€\r\n', 5", "\uD83D\uDE80, 1"})
  void text_isDecoded(String text, int codePoints) {
    Utf8 decoded = decode(text);
    assertThat(decoded.problem()).isNull();
    assertThat(decoded.text()).isEqualTo(text);
    assertThat(decoded.codePoints()).isEqualTo(text.codePoints().toArray()).hasSize(codePoints);
    assertThat(decoded.hasByteOrderMark()).isFalse();
  }

  @Test
  void byteOrderMark_atTheBeginning_isLeftOut() {
    Utf8 decoded = decode("\uFEFFa");
    assertThat(decoded.text()).isEqualTo("a");
    assertThat(decoded.hasByteOrderMark()).isTrue();
    assertThat(decoded.problem()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'a\u0007', 1",
    "'a\u007Fb\u0007', 1",
    "'ä\u0000', 1",
    "'äb\uFFFE', 2",
    "'a\uFEFF', 1"
  })
  void character_thatYamlForbids_isTheProblem(String text, int index) {
    Utf8 decoded = decode(text);
    assertThat(decoded.problem()).isEqualTo(FORBIDDEN);
    assertThat(decoded.problemIndex()).isEqualTo(index);
  }

  @Test
  void bytes_ofAnotherEncoding_areTheProblem() {
    Utf8 latin = Utf8.decode("ab\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(latin.problem()).isEqualTo("this is not UTF-8");
    assertThat(latin.problemIndex()).isEqualTo(2);
    assertThat(latin.text()).isEqualTo("ab");
    for (byte[] bytes : new byte[][] {{-2, -1, 0, 'a'}, {-1, -2, 'a', 0}}) {
      assertThat(Utf8.decode(bytes).problem()).isEqualTo("the file is UTF-16, and must be UTF-8");
    }
  }

  @Test
  void anyCharacter_isAllowedWhereSnakeYamlAllowsIt() {
    for (int c = 0; c < 0x11000; c++) {
      if (c < 0xD800 || c > 0xDFFF) {
        boolean allowed = StreamReader.isPrintable(c) && c != 0xFEFF;
        assertThat(decode("a" + Character.toString(c)).problem())
            .as("%x", c)
            .isEqualTo(allowed ? null : FORBIDDEN);
      }
    }
  }
}
