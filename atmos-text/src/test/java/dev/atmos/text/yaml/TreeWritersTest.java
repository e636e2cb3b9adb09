package dev.atmos.text.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atmos.text.Surrogates;
import dev.atmos.text.TerminalText;
import dev.atmos.text.json.JsonWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeWritersTest {
  private static Map<String, @Nullable Object> map(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return map;
  }

  private static Map<String, @Nullable Object> example() {
    return map(
        "name",
        "dev",
        "count",
        3,
        "ratio",
        new BigDecimal("0.0000001"),
        "large",
        new BigInteger("123456789012345678901234567890"),
        "on",
        true,
        "nothing",
        null,
        "list",
        Arrays.asList("a", null, List.of("b", List.of()), map("c", 1L, "d", "e")),
        "none",
        map(),
        "inner",
        map("Grüße", "日本語 \uD83D\uDE00", "x y", "1"));
  }

  @Test
  void json_ofATree_isIndented() {
    assertThat(JsonWriter.indented(example()))
        .isEqualTo(
            """
            {
              "name": "dev",
              "count": 3,
              "ratio": 0.0000001,
              "large": 123456789012345678901234567890,
              "on": true,
              "nothing": null,
              "list": [
                "a",
                null,
                [
                  "b",
                  []
                ],
                {
                  "c": 1,
                  "d": "e"
                }
              ],
              "none": {},
              "inner": {
                "Grüße": "日本語 😀",
                "x y": "1"
              }
            }
            """);
  }

  @Test
  void jsonLine_ofATree_isOneLine() {
    assertThat(JsonWriter.line(map("a", List.of(1, true), "b", map("c", "d"))))
        .isEqualTo("{\"a\":[1,true],\"b\":{\"c\":\"d\"}}\n");
  }

  @Test
  void yaml_ofATree_isInBlockStyle() {
    assertThat(YamlWriter.write(example()))
        .isEqualTo(
            """
            name: dev
            count: 3
            ratio: 0.0000001
            large: 123456789012345678901234567890
            "on": true
            nothing: null
            list:
              - a
              - null
              -   - b
                  - []
              - c: 1
                d: e
            none: {}
            inner:
              Grüße: "日本語 😀"
              x y: "1"
            """);
  }

  @Test
  void yaml_withComments_alignsThemAtTheEnds() {
    Map<String, @Nullable Object> tree =
        map(
            "a",
            new YamlWriter.Commented("b", "first"),
            "list",
            List.of(new YamlWriter.Commented("long text", "second"), map("k", map())),
            "empty",
            new YamlWriter.Commented(List.of(), "third\nx\u2028y\uFFFEz"),
            "longer",
            new YamlWriter.Commented("x".repeat(80), "fourth"));

    assertThat(YamlWriter.write(tree))
        .isEqualTo(
            """
            a: b           # first
            list:
              - long text  # second
              - k: {}
            empty: []      # third?x?y?z
            longer: %s  # fourth
            """
                .formatted("x".repeat(80)));
  }

  @Test
  void scalar_atTheTop_isAllThereIs() {
    assertThat(YamlWriter.write("no")).isEqualTo("\"no\"\n");
    assertThat(YamlWriter.write(map())).isEqualTo("{}\n");
    assertThat(YamlWriter.write(null)).isEqualTo("null\n");
    assertThat(JsonWriter.indented("no")).isEqualTo("\"no\"\n");
    assertThat(JsonWriter.indented(List.of())).isEqualTo("[]\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev",
        "us-east-1",
        "aws/iam-identity-center",
        "arn:aws:iam::123456789012:role/Admin",
        "https://corp.awsapps.com/start#/",
        "15m",
        "1h30m",
        "./imports/a.yaml",
        "../b",
        ".atmos.d",
        "~/.aws/config",
        "C:\\project",
        "<redacted>",
        "two words",
        "don't",
        "Grüße",
        "10.0.0.0/8"
      })
  void yaml_ofATextThatIsOne_needsNoQuotes(String text) {
    // A hash is quoted though it needs none there.
    assertThat(YamlWriter.write(text))
        .isEqualTo(text.contains("#") ? '"' + text + "\"\n" : text + "\n");
  }

  static List<String> dangerous() {
    return List.of(
        "",
        "~",
        "null",
        "Null",
        "NULL",
        "true",
        "False",
        "TRUE",
        "yes",
        "No",
        "no",
        "on",
        "OFF",
        "y",
        "N",
        "0",
        "00",
        "0123",
        "0o17",
        "0x1F",
        "0b101",
        "1_000",
        "1e3",
        "1E+3",
        "1.5",
        ".5",
        "1.",
        "+1",
        "-1",
        "-",
        "--",
        "---",
        "...",
        ".",
        "..",
        "-.5",
        "+.inf",
        ".inf",
        "-.INF",
        ".nan",
        ".NaN",
        "inf",
        "nan",
        "12:30",
        "12:30:45",
        "190:20:30.15",
        "2001-01-01",
        "2001-12-14t21:59:43.10-05:00",
        "2001-12-14 21:59:43.10 -5",
        "=",
        "<<",
        "<",
        "?",
        "? x",
        "- x",
        "-x",
        ": x",
        ":x",
        "x:",
        "x: y",
        "x :y",
        "#",
        "# x",
        "x #y",
        "x#y",
        "!",
        "!x",
        "!env X",
        "!!str x",
        "&a",
        "*a",
        "|",
        ">",
        "'",
        "''",
        "\"",
        "'x'",
        "\"x\"",
        "%YAML",
        "@x",
        "`x`",
        "[a]",
        "{a: b}",
        "a, b",
        ",",
        "]",
        "}",
        " x",
        "x ",
        " ",
        "  ",
        "a  b",
        "\t",
        "x\ty",
        "\n",
        "a\nb",
        "a\n",
        "\na",
        "a\n\n b\n",
        "a\r\nb",
        "\r",
        "a\u0000b",
        "\u0007",
        "\u001B[31m",
        "\u007F",
        "\u0085",
        "a\u0085b",
        "\u009B",
        "\u00A0",
        "a\u00A0",
        "\u2028",
        "a\u2029b",
        "\u3000x",
        "\u200B",
        "\u202Ex",
        "\uFEFF",
        "\uFEFFx",
        "\uFFFE",
        "\uFFFF",
        "\uE000",
        "\uD83D\uDE00",
        "a\uD83D\uDC68\u200D\uD83D\uDC69b",
        "\uDBFF\uDFFF",
        "\\",
        "\\n",
        "a\\",
        "C:\\x y",
        "012345678901",
        "9007199254740993",
        "0777",
        "08",
        "1,000",
        "0x",
        "0b",
        "e3",
        "1e",
        "1_",
        "1__2",
        "1:",
        "a:",
        "ab: c: d",
        "${x}",
        "{{ x }}",
        "k".repeat(5000));
  }

  @ParameterizedTest
  @MethodSource("dangerous")
  void text_thatLooksLikeSomethingElse_readsBackAsItself(String text) {
    readsBack(text);
    readsBack(map("k", text, text + "!", List.of(text, map(text, text))));
  }

  @Property(tries = 2000)
  void text_ofAnyKind_readsBackAsItself(@ForAll("texts") String text) {
    readsBack(text);
  }

  @Property(tries = 500)
  void tree_ofAnyKind_readsBackAsItself(@ForAll("trees") Object tree) {
    readsBack(tree);
  }

  @Property(tries = 500)
  void comments_ofAnyKind_changeNothing(
      @ForAll("texts") String text, @ForAll("texts") String comment) {
    Object tree =
        map(
            "a",
            new YamlWriter.Commented(text, comment),
            "b",
            List.of(
                new YamlWriter.Commented(text, comment),
                List.of(new YamlWriter.Commented("c", comment))),
            text + "x",
            new YamlWriter.Commented(map(), comment));
    Object plain = map("a", text, "b", List.of(text, List.of("c")), text + "x", map());

    String yaml = YamlWriter.write(tree);

    assertThat(Readers.yaml11(yaml)).as(yaml).isEqualTo(plain);
    assertThat(Readers.yaml12(yaml)).as(yaml).isEqualTo(plain);
  }

  private void readsBack(@Nullable Object tree) {
    String yaml = YamlWriter.write(tree);
    String json = JsonWriter.indented(tree);
    Object wanted = Readers.withoutNumbers(tree);

    assertThat(Readers.withoutNumbers(Readers.yaml11(yaml))).as(yaml).isEqualTo(wanted);
    assertThat(Readers.withoutNumbers(Readers.yaml12(yaml))).as(yaml).isEqualTo(wanted);
    assertThat(Readers.withoutNumbers(Readers.json(json))).as(json).isEqualTo(wanted);
    assertThat(Readers.withoutNumbers(Readers.json(JsonWriter.line(tree)))).isEqualTo(wanted);
    assertThat(yaml).endsWith("\n");
    assertThat(TerminalText.isVisible(yaml.replace("\n", ""))).as(yaml).isTrue();
    assertThat(json).endsWith("\n").doesNotContainPattern("[\\p{Cntrl}\u2028\u2029&&[^\n]]");
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> words = Arbitraries.of(dangerous());
    Arbitrary<String> any =
        Arbitraries.strings().all().ofMaxLength(12).map(TreeWritersTest::withoutHalves);
    Arbitrary<String> ascii = Arbitraries.strings().ascii().ofMaxLength(8);
    Arbitrary<String> numeric =
        Arbitraries.strings().withChars("0123456789abcdefxo_.:+-eETZ# '\"?!&*<=~").ofMaxLength(6);
    Arbitrary<String> joined =
        net.jqwik.api.Combinators.combine(words, words).as((a, b) -> shorter(a) + shorter(b));
    return Arbitraries.oneOf(any, ascii, numeric, joined);
  }

  private static String shorter(String text) {
    return text.length() > 100 ? text.substring(0, 100) : text;
  }

  private static String withoutHalves(String text) {
    return Surrogates.withoutHalves(text);
  }

  @Provide
  Arbitrary<Object> trees() {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            texts().map(text -> text),
            Arbitraries.integers().map(number -> number),
            Arbitraries.bigDecimals()
                .between(BigDecimal.valueOf(-1_000_000), BigDecimal.valueOf(1_000_000))
                .ofScale(3)
                .map(number -> number),
            Arbitraries.of(true, false).map(flag -> flag),
            Arbitraries.of(List.of(), Map.of()).map(empty -> empty));
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(list -> list),
                Arbitraries.maps(texts(), inner).ofMaxSize(3).map(map -> map)),
        4);
  }

  @Example
  void halfASurrogatePair_whichIsNoCharacter_isReplaced() {
    assertThat(YamlWriter.write("a\uD83Db")).isEqualTo("\"a\uFFFDb\"\n");
    assertThat(JsonWriter.indented(map("\uDE00", "a\uD83D")))
        .isEqualTo("{\n  \"\uFFFD\": \"a\uFFFD\"\n}\n");
  }

  @Test
  void tree_withAnythingElse_isRefusedAndNotShown() {
    for (Object wrong :
        List.<Object>of(
            CharBuffer.wrap("hunter2canary"),
            new String[] {"hunter2canary"},
            Double.NaN,
            Double.POSITIVE_INFINITY,
            1.5f,
            Collections.singletonMap(1, "hunter2canary"),
            Collections.singletonMap(null, "hunter2canary"))) {
      for (Object tree : List.of(wrong, List.of(wrong), map("k", wrong))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> JsonWriter.indented(tree))
            .withMessageNotContaining("hunter2");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> YamlWriter.write(tree))
            .withMessageNotContaining("hunter2");
      }
    }
  }
}
