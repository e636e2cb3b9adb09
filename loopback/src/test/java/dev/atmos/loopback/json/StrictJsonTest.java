package dev.atmos.loopback.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  record Person(
      @JsonProperty(required = true) String name,
      @Nullable Long age,
      @Nullable List<String> tags) {}

  @Test
  void read_withEveryKindOfValue_readsThem() throws Exception {
    JsonNode value =
        StrictJson.read(
            " {\"a\": [1, -2.5e3, true, false, null], \"b\": {\"c\": \"x\\n\\u00e9\\\"\"}} ");

    assertThat(value.at("/b/c").textValue()).isEqualTo("x\n\u00e9\"");
    assertThat(value.at("/b/d").textValue()).isNull();
    assertThat(value.at("/a").textValue()).isNull();
    assertThat(value.path("a"))
        .extracting(JsonNode::asText)
        .containsExactly("1", "-2500.0", "true", "false", "null");
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
  void read_withSomethingElse_isRefused(String text) {
    assertThatThrownBy(() -> StrictJson.read(text)).isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void read_withEndlessNesting_isRefused() {
    assertThatThrownBy(() -> StrictJson.read("[".repeat(100_000)))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void write_thenRead_givesTheSameValue() throws Exception {
    JsonObject value =
        new JsonObject()
            .with("text", "a \"b\" \\ \n \u00e9 \ud83d\ude00")
            .with("list", List.of("x", List.of(), new JsonObject()))
            .with("yes", true);

    String text = StrictJson.write(value);
    assertThat(text).isASCII().contains("\\u00e9");
    assertThat(StrictJson.read(text, Object.class))
        .isEqualTo(
            Map.of(
                "text",
                "a \"b\" \\ \n \u00e9 \ud83d\ude00",
                "list",
                List.of("x", List.of(), Map.of()),
                "yes",
                true));
  }

  @Test
  void read_ofARecord_takesWhatMayBeLeftOut() throws Exception {
    assertThat(StrictJson.read("{\"name\":\"ann\"}", Person.class))
        .isEqualTo(new Person("ann", null, null));
    assertThat(StrictJson.read("{\"tags\":[\"x\"],\"age\":3,\"name\":\"ann\"}", Person.class))
        .isEqualTo(new Person("ann", 3L, List.of("x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "null",
        "{\"name\":null}",
        "{\"name\":1}",
        "{\"name\":\"ann\",\"aeg\":3}",
        "{\"name\":\"ann\",\"age\":\"3\"}",
        "{\"name\":\"ann\",\"tags\":\"x\"}",
        "{\"name\":\"ann\",\"tags\":[1]}",
        "{\"name\":\"ann\",\"tags\":[null]}"
      })
  void read_ofARecordOfAnotherShape_isRefused(String text) {
    assertThatThrownBy(() -> StrictJson.read(text, Person.class))
        .isInstanceOf(JsonProcessingException.class);
  }
}
