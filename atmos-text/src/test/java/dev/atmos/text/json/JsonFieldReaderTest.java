package dev.atmos.text.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldReaderTest {
  private static final JsonMapper ORACLE =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @Property(tries = 20_000)
  void read_versusJackson_agrees(@ForAll("documents") String document) {
    JsonFieldReader member = new JsonFieldReader(document, "k");
    boolean wellFormed = member.read();
    Optional<JsonNode> expected = jackson(document);
    Statistics.label("well-formed")
        .collect(wellFormed)
        .coverage(coverage -> {
          coverage.check(true).percentage(share -> share > 20);
          coverage.check(false).percentage(share -> share > 20);
        });
    assertThat(wellFormed).as(document).isEqualTo(expected.isPresent());
    if (expected.isPresent()) {
      assertThat(member.text()).as(document).isEqualTo(expected.get().path("k").textValue());
    }
  }

  private static Optional<JsonNode> jackson(String document) {
    try {
      JsonNode root = ORACLE.readTree(document);
      return root.isMissingNode() ? Optional.empty() : Optional.of(root);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"k\"",
            "\"k\":",
            "\"a\":1",
            "\"k\":\"v\"",
            "{}",
            "[]",
            "null",
            "true",
            "false",
            "nul",
            "0",
            "-",
            "-0",
            "12",
            "01",
            "1.5",
            "1.",
            ".5",
            "1e3",
            "1E-2",
            "1e",
            "+1",
            " ",
            "\n",
            "\t",
            "\\",
            "\"\\n\"",
            "\"\\u00e9\"",
            "\"\\ud83d\\ude00\"",
            "\"\\uD800\"",
            "\"\\u12\"",
            "\"\\x\"",
            "\"\n\"",
            "\"\u0001\"",
            "\"é\"",
            "\f",
            "'k'",
            "/*x*/");
    Arbitrary<String> soup = pieces.list().ofMinSize(1).ofMaxSize(6).map(l -> String.join("", l));
    Arbitrary<String> values =
        Arbitraries.lazyOf(
            () ->
                Arbitraries.of(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-1.5e+3",
                    "\"v\"",
                    "\"\\\"\\\\\\/\\b\\f\\r\\t\"",
                    "\"\\u006b\"",
                    "\" \""),
            () -> values().list().ofMaxSize(3).map(l -> "[" + String.join(" , ", l) + "]"),
            this::objects);
    Arbitrary<String> broken =
        values.flatMap(text ->
            Arbitraries.integers()
                .between(0, Math.max(0, text.length() - 1))
                .flatMap(at ->
                    pieces.map(piece ->
                        text.substring(0, at)
                            + piece
                            + text.substring(Math.min(text.length(), at + 1)))));
    return Arbitraries.oneOf(soup, values, objects(), broken);
  }

  private Arbitrary<String> values() {
    return Arbitraries.of("null", "7", "\"w\"", "{\"k\":\"inner\"}", "[[]]", "{\"a\":{}}");
  }

  private Arbitrary<String> objects() {
    Arbitrary<String> keys = Arbitraries.of("\"k\"", "\"a\"", "\"\\u006B\"", "\"\"", "\"K\"");
    return keys.flatMap(key -> values().map(value -> key + ": " + value))
        .list()
        .ofMaxSize(4)
        .map(members -> "{" + String.join(", ", members) + "}");
  }

  @Test
  void text_withASurrogatePair_isOneCodePoint() {
    JsonFieldReader member = new JsonFieldReader("{\"k\":\"\\uD83D\\ude00\"}", "k");
    assertThat(member.read()).isTrue();
    assertThat(member.text()).isEqualTo("\ud83d\ude00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\\", "\"\\", "\"\\u", "\"\\u00", "-", "1.", "1e+", "t", "{\"", "[1"})
  void read_ofATruncatedDocument_isFalse(String document) {
    assertThat(new JsonFieldReader(document, "k").read()).isFalse();
  }
}
