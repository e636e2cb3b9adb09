package dev.atmos.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void parse_withEveryKindOfValue_readsThem() throws Exception {
    Object value =
        Json.parse(
            " {\"a\": [1, -2.5e3, true, false, null], \"b\": {\"c\": \"x\\n\\u00e9\\\"\"}} ");

    assertThat(Json.text(value, "b", "c")).contains("x\n\u00e9\"");
    assertThat(Json.text(value, "b", "d")).isEmpty();
    assertThat(Json.text(value, "a")).isEmpty();
    assertThat(Json.text(value, "a", "b")).isEmpty();
    assertThat(value).isInstanceOf(Map.class);
    assertThat(((Map<?, ?>) value).get("a"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly(new BigDecimal("1"), new BigDecimal("-2.5e3"), true, false, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[",
        "[1",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "tru",
        "1 2",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "\"\t\"",
        "-",
        "\u00e9"
      })
  void parse_withSomethingElse_isRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(Json.MalformedException.class);
  }

  @Test
  void parse_withEndlessNesting_isRefused() {
    assertThatThrownBy(() -> Json.parse("[".repeat(100_000)))
        .isInstanceOf(Json.MalformedException.class);
  }

  @Test
  void write_thenParse_givesTheSameValue() throws Exception {
    Map<String, Object> value =
        Json.object(
            "text",
            "a \"b\" \\ \n \u00e9 \ud83d\ude00",
            "list",
            List.of("x", List.of(), Json.object()),
            "yes",
            true);

    assertThat(Json.parse(Json.write(value))).isEqualTo(value);
  }
}
