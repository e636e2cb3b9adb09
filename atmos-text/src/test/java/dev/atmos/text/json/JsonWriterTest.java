package dev.atmos.text.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWriterTest {

  @ParameterizedTest
  @CsvSource({
    "202E, \\u202E",
    "2066, \\u2066",
    "200B, \\u200B",
    "FEFF, \\uFEFF",
    "2028, \\u2028",
    "0085, \\u0085",
    "007F, \\u007F",
    "001B, \\u001B",
    "E0041, \\uDB40\\uDC41",
    "1D173, \\uD834\\uDD73",
    "F0000, \\uDB80\\uDC00",
  })
  void character_thatIsNotVisible_isEscapedInKeysAndTexts(String point, String escape) {
    String character = Character.toString(Integer.parseInt(point, 16));
    assertThat(JsonWriter.line(Map.of("a" + character, "b" + character)))
        .isEqualTo("{\"a" + escape + "\":\"b" + escape + "\"}\n");
  }

  @Test
  void text_thatIsVisible_isWrittenAsItIs() {
    assertThat(JsonWriter.line("a\u00e4\u4e2d\ud83d\ude00\\\"\n"))
        .isEqualTo("\"a\u00e4\u4e2d\ud83d\ude00\\\\\\\"\\n\"\n");
  }

  @Test
  void text_ofAllCharacters_comesBack() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        all.appendCodePoint(c);
      }
    }
    String json = JsonWriter.indented(Map.of("all", all.toString()));
    assertThat(TerminalText.isVisible(json.replace("\n", ""))).isTrue();
    assertThat(new ObjectMapper().readTree(json).path("all").asText()).isEqualTo(all.toString());
  }
}
